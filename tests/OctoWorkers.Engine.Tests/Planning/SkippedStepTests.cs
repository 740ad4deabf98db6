using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class SkippedStepTests
{
    private static readonly PlanningFacts Facts = new PlanningWorld().Pool("Setup", "a", "b").Facts;

    [Fact]
    public void GivenStepsThatDoNotRun_WhenPlanned_ThenEachSaysWhyAndDrawsNothing()
    {
        RunbookDefinition runbook = Runbook(
            Step("Disabled", "No such pool") with { Disabled = true },
            Step("Excluded", "Setup", "p1") with { ExcludedEnvironments = ["PRODUCTION"] },
            Step("Elsewhere", "Setup", "p2") with { Environments = ["Test", "Development"] },
            Step("Chosen", "Setup", "p3"),
            Step("Here", "Setup", "p4") with { Environments = ["production"], ExcludedEnvironments = ["Test"] });

        RunPlan plan = RunPlanner.Plan(runbook, Production, new Dictionary<int, string> { [4] = "asked for" }, Facts);

        Assert.Equal(
            ["disabled", "excluded from environment 'Production'", "does not apply to environment 'Production', only to 'Test', 'Development'", "asked for", null],
            plan.Steps.Select(step => step.SkipReason));
        Assert.All(plan.Steps.Take(4), step => Assert.Equal(
            (null, null, null, null, null), (step.PoolName, step.PoolReason, step.Key, step.Worker, step.WorkerName)));
        Assert.Equal([1, 2, 3, 4, 5], plan.Steps.Select(step => step.Number));
        Assert.Equal(("a", plan.Steps[4].Key), (Assert.Single(plan.Draws).WorkerName, plan.Draws[0].Key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void GivenNumberOfNoStep_WhenItIsToBeSkipped_ThenThereIsNoSuchStep(int number)
    {
        OctoWorkersException error = Assert.Throws<OctoWorkersException>(
            () => RunPlanner.Plan(Runbook(Step("Audit", "Setup")), Production, new Dictionary<int, string> { [number] = "asked for" }, Facts));

        Assert.Equal(EngineError.StepNotFound, error.Error);
    }

    [Fact]
    public void GivenRunbookForOtherEnvironments_WhenPlanned_ThenEnvironmentNotAllowed()
    {
        RunbookDefinition runbook = Runbook(Step("Deploy", "Setup")) with { Environments = ["Test", "Development"] };

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunPlanner.Plan(runbook, Production, NothingSkipped, Facts));

        Assert.Equal(EngineError.EnvironmentNotAllowed, error.Error);
        Assert.StartsWith("Runbook 'Deploy' may not run in environment 'Production', only in 'Test', 'Development'.", error.Message, StringComparison.Ordinal);
        Assert.Single(RunPlanner.Plan(runbook, "TEST", NothingSkipped, Facts).Draws);
    }
}
