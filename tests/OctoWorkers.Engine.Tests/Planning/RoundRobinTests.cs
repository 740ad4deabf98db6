using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class RoundRobinTests
{
    [Fact]
    public void GivenFourKeys_WhenPlanned_ThenDrawsGoRoundAndSayWhy()
    {
        RunPlan plan = new PlanningWorld().Pool("Setup", "a", "b", "c").Run(
            Step("1", "Setup"), Step("2", "Setup", "x"), Step("3", "Setup", "y"), Step("4", "Setup", "x", "y"), Step("5", "Setup", "X"));

        Assert.Equal(["a", "b", "c", "a", "b"], plan.Steps.Select(step => step.WorkerName));
        Assert.Equal(
            [
                "first draw of this runbook from pool Setup", "next after a in pool Setup", "next after b in pool Setup",
                "next after c in pool Setup, from its start again",
            ],
            plan.Draws.Select(draw => draw.Reason));
        Assert.Equal([null, .. plan.Draws.Take(3).Select(draw => draw.After)], plan.Draws.Select(draw => draw.Before));
    }

    [Fact]
    public void GivenSeveralPools_WhenPlanned_ThenEachHasItsOwnCursor()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b").Pool("Build", "c", "a");

        Assert.Equal(["a", "c"], world.Run(Step("1", "Setup"), Step("2", "Build")).Steps.Select(step => step.WorkerName));
        Assert.Equal(["a", "b"], world.Run(Step("1", "Build"), Step("2", "Setup")).Steps.Select(step => step.WorkerName));
    }

    [Fact]
    public void GivenCursorsWorkerIsGone_WhenPlanned_ThenItsPlaceStillCounts()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b", "c");
        world.Run(Step("1", "Setup"), Step("2", "Setup", "x"));

        WorkerDraw draw = world.Remove("b").Run(Step("1", "Setup")).Draws.Single();

        Assert.Equal(("c", "next after b, which has left, in pool Setup"), (draw.WorkerName, draw.Reason));
    }

    [Fact]
    public void GivenWorkerAddedAfterTheLast_WhenPlanned_ThenItIsNext()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b");
        world.Run(Step("1", "Setup"), Step("2", "Setup", "x"));

        Assert.Equal("c", world.Join("Setup", "c").Run(Step("1", "Setup")).Draws[0].WorkerName);
    }

    [Fact]
    public void GivenWorkerThatLeftAndJoinedAgain_WhenPlanned_ThenTheOthersComeFirst()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b", "c");
        world.Run(Step("1", "Setup"), Step("2", "Setup", "x"), Step("3", "Setup", "y"));

        RunPlan plan = world.Leave("Setup", "c").Join("Setup", "c").Run(Step("1", "Setup"), Step("2", "Setup", "x"), Step("3", "Setup", "y"));

        Assert.Equal(["a", "b", "c"], plan.Steps.Select(step => step.WorkerName));
    }

    [Fact]
    public void GivenOneWorker_WhenPlannedAgain_ThenItIsDrawnAgain()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a");
        world.Run(Step("1", "Setup"));

        Assert.Equal("a", world.Leave("Setup", "a").Join("Setup", "a").Run(Step("1", "Setup")).Draws[0].WorkerName);
    }

    [Fact]
    public void GivenRunARunbookStep_WhenPlanned_ThenItDrawsLikeAnyStep()
    {
        RunPlan plan = new PlanningWorld().Pool("Setup", "a", "b").Run(
            new StepDefinition("Child", new RunRunbookAction("Other")) { Pool = "Setup", Packages = [new("x")] }, Step("2", "Setup"));

        Assert.Equal(["a", "b"], plan.Steps.Select(step => step.WorkerName));
    }

    [Fact]
    public void GivenTheLastStepFails_WhenPlanned_ThenNoCursorMoves()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b").Pool("Empty");
        world.Fails(Step("1", "Setup"), Step("2", "Empty"));

        Assert.Equal("a", world.Run(Step("1", "Setup")).Draws[0].WorkerName);
    }
}
