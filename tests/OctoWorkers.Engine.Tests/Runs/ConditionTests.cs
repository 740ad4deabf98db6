using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class ConditionTests
{
    [Fact]
    public async Task GivenAScriptThatFails_WhenOthersFollow_ThenTheirConditionsDecideAndTheRunFails()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(
            Step("works", "echo one; echo two >&2"),
            Step("fails", "echo before; exit 3"),
            Step("on success", "echo never"),
            Step("on failure", "echo handled") with { Condition = StepCondition.Failure },
            Step("always", "echo always") with { Condition = StepCondition.Always });

        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Equal("Step 2 'fails' failed: The script exited with code 3.", run.Run.Error);
        Assert.Equal(
            [StepStatus.Succeeded, StepStatus.Failed, StepStatus.Skipped, StepStatus.Succeeded, StepStatus.Succeeded], run.Steps.Select(step => step.Status));
        Assert.Equal(3, run.Steps[1].Attempts.Single().ExitCode);
        Assert.Equal(["handled"], await world.First.TextAsync(run.Run.Id, 4));
        IReadOnlyList<LogLine> lines = await world.First.LogAsync(run.Run.Id, 1);
        Assert.Equal([(LogLevel.Information, "one"), (LogLevel.Error, "two")], lines.Select(line => (line.Level, line.Text)).Order());
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenNoFailure_WhenStepsWaitForOne_ThenTheyAreSkippedAndTheRunSucceeds()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(
            Step("works", "true"), Step("on failure", "exit 1") with { Condition = StepCondition.Failure }, Step("last", "true"));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Null(run.Run.Error);
        Assert.Equal([StepStatus.Succeeded, StepStatus.Skipped, StepStatus.Succeeded], run.Steps.Select(step => step.Status));
    }

    [Fact]
    public async Task GivenParallelStepsThatMeet_WhenTheyRun_ThenTheyRunAtOnceUpToTheCap()
    {
        await using RunWorld world = await CreateAsync();

        // Each says that it is there, waits for a second one, and counts how many there are.
        string script = $"cd '{world.File("")}'; touch here.$1; until [ $(ls here.* gone.* 2>/dev/null | wc -l) -ge 2 ]; do sleep 0.01; done; ls here.* 2>/dev/null | wc -l; mv here.$1 gone.$1";
        StepDefinition[] steps = [.. Enumerable.Range(1, 5).Select(number =>
            new StepDefinition($"step {number}", new ScriptAction(script) { Arguments = [$"{number}"] }) { Start = StepStart.WithPrevious })];
        await world.PutAsync(new RunbookDefinition("the runbook", steps) { MaxParallelism = 2 });
        RunDetails run = await world.First.RunAsync("the runbook");
        Assert.Equal(RunStatus.Success, run.Run.Status);
        List<int> counts = [];
        for (int step = 1; step <= 5; step++)
        {
            counts.Add(int.Parse(Assert.Single(await world.First.TextAsync(run.Run.Id, step)), System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(2, counts.Max());
    }

    [Fact]
    public async Task GivenAStepThatFailsTwice_WhenItIsRetried_ThenEachAttemptIsKeptAndTheWaitsDouble()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(
            Step("flaky", $"echo x >> '{world.File("count")}'; n=$(wc -l < '{world.File("count")}'); echo \"try $n\"; [ $n -eq 3 ]") with
            {
                Retry = new() { Count = 3, Backoff = TimeSpan.FromMilliseconds(200) },
            });
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Failed, AttemptOutcome.Succeeded], run.Steps[0].Attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.True(run.Steps[0].Attempts[1].Started - run.Steps[0].Attempts[0].Ended >= TimeSpan.FromMilliseconds(199));
        Assert.True(run.Steps[0].Attempts[2].Started - run.Steps[0].Attempts[1].Ended >= TimeSpan.FromMilliseconds(399));
        Assert.Equal([(1, "try 1"), (2, "try 2"), (3, "try 3")], (await world.First.LogAsync(run.Run.Id, 1)).Select(line => (line.Attempt, line.Text)));
    }
}
