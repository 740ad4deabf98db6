using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class RedrawTests
{
    [Fact]
    public void GivenLostWorker_WhenRedrawn_ThenNextTakesItsKeyAndTheCursorMoves()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b", "c");
        WorkerDraw lost = world.Run(Step("1", "Setup", "x")).Draws[0];

        WorkerDraw draw = RunPlanner.Redraw(lost, [lost.Worker], world.Facts);

        Assert.Equal((lost.Key, lost.Pool, "Setup", "b"), (draw.Key, draw.Pool, draw.PoolName, draw.WorkerName));
        Assert.Equal((lost.After, new PoolCursor(world.IdOf("b"), "b", 2)), (draw.Before, draw.After));
        SkippedWorkers skipped = Assert.Single(draw.Skipped);
        Assert.Equal(("could not be reached by this run", "a"), (skipped.Reason, Assert.Single(skipped.Names)));
        Assert.Equal("in place of a, which could not be reached: next after a in pool Setup", draw.Reason);
    }

    [Fact]
    public void GivenOthersDrewMeanwhile_WhenRedrawn_ThenTheDrawGoesOnFromTheCursorOfTheFacts()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b", "c");
        WorkerDraw lost = world.Run(Step("1", "Setup")).Draws[0];
        world.Run(Step("1", "Setup"));

        Assert.Equal("c", RunPlanner.Redraw(lost, [lost.Worker], world.Facts).WorkerName);
    }

    [Fact]
    public void GivenUnreachableDoesNotNameTheLostWorker_WhenRedrawn_ThenItIsNotDrawnAllTheSame()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b");
        WorkerDraw lost = world.Run(Step("1", "Setup")).Draws[0];
        world.Run(Step("1", "Setup"));

        Assert.Equal("b", RunPlanner.Redraw(lost, [], world.Facts).WorkerName);
    }

    [Fact]
    public void GivenNobodyIsLeft_WhenRedrawn_ThenNoEligibleWorkerNamesThemAll()
    {
        PlanningWorld world = new PlanningWorld().Worker("c", WorkerState.Draining).Pool("Setup", "a", "b", "c");
        WorkerDraw lost = world.Run(Step("1", "Setup")).Draws[0];

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(
            () => RunPlanner.Redraw(lost, [world.IdOf("a"), world.IdOf("b")], world.Facts));

        Assert.Equal(EngineError.NoEligibleWorker, error.Error);
        Assert.StartsWith(
            "Worker 'a' could not be reached and cannot be replaced: no worker of pool 'Setup' is eligible (could not be reached by this run: a, b; draining: c).",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void GivenThePoolIsGone_WhenRedrawn_ThenNoEligibleWorkerSaysSo()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "a", "b");
        WorkerDraw lost = world.Run(Step("1", "Setup")).Draws[0];
        PlanningFacts facts = world.Facts with { Pools = [.. world.Facts.Pools.Where(pool => pool.Name != "Setup")] };

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunPlanner.Redraw(lost, [lost.Worker], facts));

        Assert.Equal(EngineError.NoEligibleWorker, error.Error);
        Assert.Contains("its pool 'Setup' no longer exists", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenTheBuiltInWorkerIsLost_WhenRedrawn_ThenItIsNotItsOwnReplacement()
    {
        PlanningWorld world = new();
        WorkerDraw lost = world.Run(Step("1")).Draws[0];

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunPlanner.Redraw(lost, [], world.Facts));

        Assert.Equal(EngineError.NoEligibleWorker, error.Error);
        Assert.Contains("the built-in worker could not be reached", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", RunPlanner.Redraw(lost, [], world.Pool(WorkerPoolDefinition.DefaultName, "a").Facts).WorkerName);
    }

    [Fact]
    public void GivenTheLostWorkerWasTheLastOfTheDefaultPoolAndLeft_WhenRedrawn_ThenTheBuiltInWorkerTakesItsPlace()
    {
        PlanningWorld world = new PlanningWorld().Pool(WorkerPoolDefinition.DefaultName, "a");
        WorkerDraw lost = world.Run(Step("1")).Draws[0];

        WorkerDraw draw = RunPlanner.Redraw(lost, [lost.Worker], world.Remove("a").Facts);

        Assert.Equal((WorkerRecord.BuiltInId, null), (draw.Worker, draw.After));
    }
}
