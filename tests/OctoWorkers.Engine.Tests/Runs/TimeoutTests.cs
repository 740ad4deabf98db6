using OctoWorkers.TestKit.Processes;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class TimeoutTests
{
    [Fact]
    public async Task GivenAStepThatTakesTooLong_WhenItMayBeRetried_ThenItsTreeIsGoneAndAnotherAttemptRuns()
    {
        await using RunWorld world = await CreateAsync();
        string script = $"echo x >> '{world.File("count")}'; n=$(wc -l < '{world.File("count")}'); [ $n -gt 1 ] && exit 0; sleep 7201 & echo $!; sleep 7202";
        RunDetails run = await world.RunAsync(Step("slow", script) with { Timeout = TimeSpan.FromSeconds(4), Retry = new() { Count = 1 } });
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal([AttemptOutcome.TimedOut, AttemptOutcome.Succeeded], run.Steps[0].Attempts.Select(attempt => attempt.Outcome!.Value));
        TerminationReceipt receipt = run.Steps[0].Attempts[0].Receipt!;
        int child = int.Parse((await world.First.TextAsync(run.Run.Id, 1))[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(receipt.Ended, ended => ended.ProcessId == child);
        Assert.False(ProcessTree.IsRunning(child));
        Assert.Equal("It ran longer than its time-out of 00:00:04.", run.Steps[0].Attempts[0].Error);
    }

    [Fact]
    public async Task GivenARunThatTakesTooLong_WhenItIsEnded_ThenItFailedAndAlwaysStepsRan()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition(
            "the runbook",
            [Step("slow", "sleep 7203"), Step("next", "true"), Step("always", "echo always") with { Condition = StepCondition.Always }])
        {
            Timeout = TimeSpan.FromSeconds(4),
        });
        RunDetails run = await world.First.RunAsync("the runbook");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("time-out", run.Run.Error, StringComparison.Ordinal);
        Assert.Equal([StepStatus.Failed, StepStatus.Skipped, StepStatus.Succeeded], run.Steps.Select(step => step.Status));
        Assert.Equal(AttemptOutcome.TimedOut, run.Steps[0].Attempts.Single().Outcome);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAStepThatWaitsForARun_WhenThatTakesTooLong_ThenTheChildIsCanceledAndTheStepTimedOut()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync("child", Step("slow", "sleep 7204"));
        RunDetails run = await world.RunAsync(Call("calls", "child") with { Timeout = TimeSpan.FromSeconds(4) });
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Equal(AttemptOutcome.TimedOut, run.Steps[0].Attempts.Single().Outcome);
        Assert.Equal(RunStatus.Canceled, (await world.First.DetailsAsync(run.Steps[0].Child!.Value)).Run.Status);
        await world.AssertNothingIsLeftAsync();
    }
}
