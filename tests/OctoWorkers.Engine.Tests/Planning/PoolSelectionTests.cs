using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PoolSelectionTests
{
    [Fact]
    public void GivenStepWithoutPool_WhenPlanned_ThenItDrawsFromTheDefaultPoolAndSaysSo()
    {
        PlannedStep step = new PlanningWorld().Pool(WorkerPoolDefinition.DefaultName, "a").Run(Step("Deploy")).Steps.Single();

        Assert.Equal("a", step.WorkerName);
        Assert.Equal(WorkerPoolDefinition.DefaultName, step.PoolName);
        Assert.Equal("the step names no pool, so the default pool", step.PoolReason);
    }

    [Fact]
    public void GivenPoolNamedInOtherCase_WhenPlanned_ThenItIsFoundUnderItsOwnName()
    {
        PlannedStep step = new PlanningWorld().Pool("Setup", "a").Run(Step("Deploy", "sETUP")).Steps.Single();

        Assert.Equal("Setup", step.PoolName);
        Assert.Equal("the step names this pool", step.PoolReason);
    }

    [Fact]
    public void GivenUnknownPool_WhenPlanned_ThenErrorNamesStepPoolAndNearestName()
    {
        OctoWorkersException error = new PlanningWorld().Pool("Setup", "a").Pool("Linux").Fails(Step("Deploy", "Stepup"));

        Assert.Equal(EngineError.WorkerPoolNotFound, error.Error);
        Assert.Equal("Step 'Deploy' names the pool 'Stepup', and there is none of that name. Did you mean 'Setup'? Otherwise add the pool, or name another.", error.Message);
    }

    [Fact]
    public void GivenUnknownPoolLikeNoOther_WhenPlanned_ThenNothingIsSuggested()
        => Assert.DoesNotContain("Did you mean", new PlanningWorld().Pool("Setup").Fails(Step("Deploy", "Windows")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData(WorkerPoolDefinition.DefaultName)]
    public void GivenEmptyDefaultPool_WhenPlanned_ThenTheBuiltInWorkerRunsItAndNoCursorMoves(string? pool)
    {
        RunPlan plan = new PlanningWorld().Run(Step("One", pool), Step("Two", pool, "package"));

        Assert.All(plan.Steps, step => Assert.Equal(WorkerRecord.BuiltInId, step.Worker));
        Assert.Equal(2, plan.Draws.Count);
        Assert.All(plan.Draws, draw => Assert.Equal((null, null), (draw.Before, draw.After)));
        Assert.Equal("the default pool Default Worker Pool has no workers, so the built-in worker", plan.Draws[0].Reason);
    }

    [Fact]
    public void GivenEmptyDefaultPoolAndBuiltInWorkerOff_WhenPlanned_ThenThereIsNoEligibleWorker()
    {
        OctoWorkersException error = new PlanningWorld { BuiltInWorkerEnabled = false }.Fails(Step("Deploy"));

        Assert.Equal(EngineError.NoEligibleWorker, error.Error);
        Assert.Contains("the built-in worker is switched off", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Deploy'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenDefaultPoolWithOneUnhealthyWorker_WhenPlanned_ThenTheBuiltInWorkerIsNotUsed()
    {
        PlanningWorld world = new PlanningWorld().Worker("a", health: HealthStatus.Unhealthy).Pool(WorkerPoolDefinition.DefaultName, "a");

        Assert.Equal(EngineError.NoEligibleWorker, world.Fails(Step("Deploy")).Error);
    }

    [Fact]
    public void GivenLastWorkerLeftTheDefaultPool_WhenPlanned_ThenTheBuiltInWorkerIsUsedAgain()
    {
        PlanningWorld world = new PlanningWorld().Pool(WorkerPoolDefinition.DefaultName, "a");
        Assert.Equal("a", world.Run(Step("Deploy")).Steps[0].WorkerName);

        Assert.Equal(WorkerRecord.BuiltInName, world.Remove("a").Run(Step("Deploy")).Steps[0].WorkerName);
    }

    [Fact]
    public void GivenOtherEmptyPool_WhenPlanned_ThenThereIsNoEligibleWorker()
    {
        OctoWorkersException error = new PlanningWorld().Pool("Setup").Fails(Step("Deploy", "Setup"));

        Assert.Equal(EngineError.NoEligibleWorker, error.Error);
        Assert.Equal("Step 'Deploy' cannot be planned: pool 'Setup' has no workers. Add one to it, or name another pool.", error.Message);
    }

    [Fact]
    public void GivenNoDefaultPool_WhenStepNamesNone_ThenErrorSaysSo()
    {
        PlanningFacts facts = new PlanningWorld().Facts with { Pools = [] };

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunPlanner.Plan(Runbook(Step("Deploy")), "Test", NothingSkipped, facts));

        Assert.Equal(EngineError.WorkerPoolNotFound, error.Error);
    }
}
