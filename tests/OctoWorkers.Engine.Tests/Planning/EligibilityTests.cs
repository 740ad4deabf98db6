using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class EligibilityTests
{
    [Theory]
    [InlineData(WorkerState.Enabled, HealthStatus.Healthy, null)]
    [InlineData(WorkerState.Enabled, HealthStatus.HasWarnings, null)]
    [InlineData(WorkerState.Enabled, HealthStatus.Unknown, "health unknown: never checked")]
    [InlineData(WorkerState.Enabled, HealthStatus.Unhealthy, "Unhealthy")]
    [InlineData(WorkerState.Enabled, HealthStatus.Unavailable, "Unavailable")]
    [InlineData(WorkerState.Draining, HealthStatus.Healthy, "draining")]
    [InlineData(WorkerState.Draining, HealthStatus.Unavailable, "draining")]
    [InlineData(WorkerState.Disabled, HealthStatus.HasWarnings, "disabled")]
    [InlineData(WorkerState.Disabled, HealthStatus.Unknown, "disabled")]
    public void GivenStateAndHealth_WhenPlanned_ThenOnlyEnabledAndWellWorkersAreDrawn(WorkerState state, HealthStatus health, string? reason)
    {
        WorkerDraw draw = new PlanningWorld().Worker("a", state, health).Pool("Setup", "a", "b").Run(Step("Deploy", "Setup")).Draws.Single();

        Assert.Equal(reason is null ? "a" : "b", draw.WorkerName);
        Assert.Equal(reason, draw.Skipped.SingleOrDefault()?.Reason);
    }

    [Fact]
    public void GivenCheckThatIsTooOld_WhenPlanned_ThenReasonSaysSo()
    {
        PlanningWorld world = new PlanningWorld().Worker("a", health: HealthStatus.Unknown, checkedAt: DateTimeOffset.UnixEpoch).Pool("Setup", "a", "b");

        Assert.Equal("health unknown: the last check is too old", world.Run(Step("Deploy", "Setup")).Draws[0].Skipped.Single().Reason);
    }

    [Fact]
    public void GivenNobodyEligible_WhenPlanned_ThenMessageNamesStepPoolEveryWorkerByReasonAndTheRemedy()
    {
        PlanningWorld world = new PlanningWorld()
            .Worker("a", WorkerState.Disabled)
            .Worker("b", health: HealthStatus.Unavailable, message: "connection refused.\nsecond line")
            .Worker("c", WorkerState.Disabled)
            .Pool("Setup", "a", "b", "c");

        OctoWorkersException error = world.Fails(Step("Deploy", "Setup"));

        Assert.Equal(EngineError.NoEligibleWorker, error.Error);
        Assert.Equal(
            "Step 'Deploy' cannot be planned: no worker of pool 'Setup' is eligible (disabled: a, c; Unavailable: connection refused: b). "
            + "Enable, repair or check one of them, or add another worker to the pool.",
            error.Message);
    }

    [Fact]
    public void GivenAMachineThatSaysMuch_WhenPlanned_ThenTheReasonIsWholeWhereItIsTheOnlyOneAndElseCut()
    {
        string said = $"connection refused {new string('x', 300)}. Check that 'ssh b' logs in";
        PlanningWorld world = new PlanningWorld().Worker("b", health: HealthStatus.Unavailable, message: $"{said}.\nsecond line").Pool("Setup", "b");

        Assert.Contains($"(Unavailable: {said}: b). Enable", world.Fails(Step("Deploy", "Setup")).Message, StringComparison.Ordinal);
        Assert.Contains($"Unavailable: {said[..200]}…: b", world.Worker("c", WorkerState.Disabled).Join("Setup", "c").Fails(Step("Deploy", "Setup")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenManyWorkersOfOneReason_WhenPlanned_ThenTwentyAreNamedAndAllAreCounted()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup");
        for (int number = 1; number <= 25; number++)
        {
            world.Worker($"w{number}", WorkerState.Disabled).Join("Setup", $"w{number}");
        }

        Assert.EndsWith("w19, w20 and 5 more). Enable, repair or check one of them, or add another worker to the pool.", world.Fails(Step("Deploy", "Setup")).Message, StringComparison.Ordinal);
        SkippedWorkers skipped = world.Join("Setup", "well").Run(Step("Deploy", "Setup")).Draws[0].Skipped.Single();
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"w{number}"), skipped.Names);
        Assert.Equal(25, skipped.Count);
    }

    [Fact]
    public void GivenHundredsOfWorkersWithWordsOfTheirOwn_WhenPlanned_ThenThePlanStaysSmallAndCountsThemAll()
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "well");
        for (int number = 1; number <= 300; number++)
        {
            world.Worker($"w{number}", health: HealthStatus.Unhealthy, message: new string('x', 5000) + number).Join("Setup", $"w{number}");
            world.Worker($"v{number}", health: HealthStatus.Unavailable, message: $"no route to v{number}").Join("Setup", $"v{number}");
        }

        IReadOnlyList<SkippedWorkers> skipped = world.Run(Step("Deploy", "Setup")).Draws[0].Skipped;

        Assert.InRange(skipped.Count, 2, 25);
        Assert.All(skipped, group => Assert.InRange(group.Reason.Length, 1, 300));
        Assert.Equal(600, skipped.Sum(group => group.Count));
        Assert.Contains(skipped, group => group.Reason == "Unavailable: for other reasons");
    }
}
