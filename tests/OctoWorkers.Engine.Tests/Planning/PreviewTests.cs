using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PreviewTests
{
    [Fact]
    public void GivenWorkersThatWereNeverChecked_WhenPlanIsShown_ThenTheyCountAndTheDrawSaysThatTheyWouldBeChecked()
    {
        PlanningFacts facts = new PlanningWorld().Worker("a", health: HealthStatus.Unknown).Pool("Setup", "a", "b").Facts;
        RunbookDefinition runbook = Runbook(Step("1", "Setup"), Step("2", "Setup", "x"));

        RunPlan plan = RunPlanner.Preview(runbook, Production, NothingSkipped, facts);

        Assert.Equal(["a", "b"], plan.Steps.Select(step => step.WorkerName));
        Assert.Equal(
            ["first draw of this runbook from pool Setup; its health is unknown: it would be checked", "next after a in pool Setup"],
            plan.Draws.Select(draw => draw.Reason));
    }

    [Fact]
    public void GivenUnavailableWorker_WhenPlanIsShown_ThenItIsPassedOverAndWouldBeCheckedAgain()
    {
        PlanningFacts facts = new PlanningWorld().Worker("a", health: HealthStatus.Unavailable, message: "no route").Pool("Setup", "a", "b").Facts;

        WorkerDraw draw = RunPlanner.Preview(Runbook(Step("1", "Setup")), Production, NothingSkipped, facts).Draws.Single();

        Assert.Equal(("b", "Unavailable (would be checked again, unless that was just now): no route"), (draw.WorkerName, draw.Skipped.Single().Reason));
    }

    [Fact]
    public void GivenDisabledWorkerThatWasNeverChecked_WhenPlanIsShown_ThenItIsNotDrawn()
    {
        PlanningFacts facts = new PlanningWorld().Worker("a", WorkerState.Disabled, HealthStatus.Unknown).Pool("Setup", "a", "b").Facts;

        WorkerDraw draw = RunPlanner.Preview(Runbook(Step("1", "Setup")), Production, NothingSkipped, facts).Draws.Single();

        Assert.Equal(("b", "disabled"), (draw.WorkerName, draw.Skipped.Single().Reason));
    }
}
