using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Runs that wait for people, with real workers and a real store.</summary>
public sealed class InterruptionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenApproval_WhenProceeded_ThenNothingIsHeldMeanwhileAndWorkersAreDrawnAgain()
    {
        await using RunWorld world = await CreateAsync("w1", "w2", "w3");
        RunId run = await world.StartAsync(
            Step("Build", "set_octopusvariable Version 1.4"), Manual("Approve", "Release #{Octopus.Action[Build].Output.Version}?"),
            Step("Publish", "echo \"#{Octopus.Action[Approve].Output.Manual.Notes}, #{Octopus.Action[Approve].Output.Manual.Approved}\""));
        Interruption asked = await AskedAsync(world, run);
        Assert.Equal("Release 1.4?", asked.Text);
        RunDetails waiting = await world.First.DetailsAsync(run);
        Assert.Equal(RunStatus.Executing, waiting.Run.Status);
        Assert.Equal($"a person: 'Approve' ({asked.Id})", waiting.Run.WaitingFor);
        Assert.True(waiting.Run.AwaitsPerson);
        Assert.Empty(await world.First.Store.GetLeasesAsync(Stop));
        await world.SetAsync("taskCap", "1");
        Assert.Equal(RunStatus.Success, (await world.RunOtherAsync()).Run.Status);

        Interruption answered = await world.First.Engine.AnswerInterruptionAsync(asked.Id, InterruptionAnswer.Proceed, "fine", Stop);
        Assert.Equal(InterruptionAnswer.Proceed, answered.Answer);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        RunDetails ended = await world.First.DetailsAsync(run);
        Assert.Equal(["fine, True"], await world.First.TextAsync(run, 3));
        Assert.Equal(["w1", null, "w2"], ended.Steps.Select(step => step.Attempts[0].WorkerName));
        Assert.Contains(await world.First.TextAsync(run, 0), line => line.Contains(asked.Id.ToString(), StringComparison.Ordinal));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenApproval_WhenAborted_ThenTheRunFailsAndStepsThatAlwaysRunDo()
    {
        await using RunWorld world = await CreateAsync();
        RunId run = await world.StartAsync(Manual("Approve", "?"), Step("Never", "echo never"), Step("Always", "echo always") with { Condition = StepCondition.Always });
        await AnswerAsync(world, run, InterruptionAnswer.Abort, "not today");
        RunRecord ended = await world.First.EndAsync(run);
        Assert.Equal(RunStatus.Failed, ended.Status);
        Assert.Contains("aborted it: not today", ended.Error, StringComparison.Ordinal);
        Assert.Equal(["always"], await world.First.TextAsync(run, 3));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenGuidedRun_WhenAStepFails_ThenItIsTriedAgainAndThenIgnored()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition("the runbook", [Step("Fails", "echo tried; exit 3"), Step("After", "echo after")]) { GuidedFailure = GuidedFailureMode.On });
        RunId run = (await world.First.StartAsync("the runbook")).Id;
        Interruption first = await AnswerAsync(world, run, InterruptionAnswer.Retry, "");
        Assert.Equal(InterruptionKind.Failure, first.Kind);
        Interruption second = await AskedAsync(world, run, 2);
        await world.First.Engine.AnswerInterruptionAsync(second.Id, InterruptionAnswer.Ignore, "known", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        StepDetails step = (await world.First.DetailsAsync(run)).Steps[0];
        Assert.Equal((StepStatus.Succeeded, true, 2), (step.Status, step.FailureIgnored, step.Attempts.Count));
        Assert.Contains("known", step.Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(GuidedFailureMode.On, GuidedFailureMode.Default, GuidedFailureMode.Default, true)]
    [InlineData(GuidedFailureMode.On, GuidedFailureMode.Off, GuidedFailureMode.Default, false)]
    [InlineData(GuidedFailureMode.Off, GuidedFailureMode.On, GuidedFailureMode.Off, false)]
    [InlineData(GuidedFailureMode.Off, GuidedFailureMode.Off, GuidedFailureMode.On, true)]
    [InlineData(GuidedFailureMode.Default, GuidedFailureMode.Default, GuidedFailureMode.Default, false)]
    public async Task GivenModes_WhenARunIsAskedFor_ThenTheNearestCounts(
        GuidedFailureMode environment, GuidedFailureMode runbook, GuidedFailureMode run, bool guided)
    {
        await using RunWorld world = await CreateAsync();
        await world.First.Store.PutEnvironmentAsync(new(TestEnvironment) { GuidedFailure = environment }, false, Stop);
        await world.PutAsync(new RunbookDefinition("r", [Step("a", "true")]) { GuidedFailure = runbook });
        RunRecord created = await world.First.Engine.StartRunAsync(new("r", TestEnvironment) { GuidedFailure = run, Detached = true }, Stop);
        Assert.Equal(guided, created.Request.GuidedFailure);
    }

    [Fact]
    public async Task GivenTwoAnswersAtOnce_WhenTheyCome_ThenOneCountsAndTheOtherLearnsWhoAnswered()
    {
        await using RunWorld world = await CreateAsync();
        RunId run = await world.StartAsync(Manual("Approve", "?"));
        InterruptionId id = (await AskedAsync(world, run)).Id;
        EngineInstance other = await world.AddEngineAsync();
        Exception?[] results = await Task.WhenAll(
            FailureAsync(world.First, InterruptionAnswer.Proceed), FailureAsync(other, InterruptionAnswer.Abort));
        OctoWorkersException lost = Assert.IsType<OctoWorkersException>(Assert.Single(results, result => result is not null));
        Assert.Equal(EngineError.InterruptionOver, lost.Error);
        Assert.Contains(Environment.UserName, lost.Message, StringComparison.Ordinal);
        RunStatus expected = results[0] is null ? RunStatus.Success : RunStatus.Failed;
        Assert.Equal(expected, (await world.First.EndAsync(run)).Status);
        Assert.Single((await world.First.Store.GetEventsAsync(run, Stop)).OfType<InterruptionAnswered>());

        async Task<Exception?> FailureAsync(EngineInstance engine, InterruptionAnswer answer)
            => await Record.ExceptionAsync(() => engine.Engine.AnswerInterruptionAsync(id, answer, "", Stop));
    }

    [Fact]
    public async Task GivenWaitingRun_WhenCanceled_ThenItEndsAtOnceAndCannotBeAnswered()
    {
        await using RunWorld world = await CreateAsync();
        RunId run = await world.StartAsync(Manual("Approve", "?"));
        InterruptionId id = (await AskedAsync(world, run)).Id;
        await world.First.Engine.CancelRunAsync(run, "enough", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(run)).Status);
        OctoWorkersException over = await Assert.ThrowsAsync<OctoWorkersException>(
            () => world.First.Engine.AnswerInterruptionAsync(id, InterruptionAnswer.Proceed, "", Stop));
        Assert.Equal(EngineError.InterruptionOver, over.Error);
        Assert.Equal(InterruptionStatus.Ended, (await world.First.Store.GetInterruptionAsync(id, Stop)).Status);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenWaitingRun_WhenTheDriverHasNothingElseToDo_ThenItLeavesAndTheAnswerBringsOne()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await world.PutAsync("the runbook", Manual("Approve", "?"), Step("After", "echo after"));
        RunId run = (await world.First.StartAsync("the runbook", detached: true)).Id;
        EngineInstance driver = await world.AddEngineAsync();
        await driver.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Null((await world.First.Store.GetRunAsync(run, Stop)).Owner);
        EngineInstance reader = await world.AddEngineAsync();
        await reader.Engine.EnsureDrivenAsync(Stop);
        Assert.Equal(0, reader.Launcher.Count);
        await reader.Engine.AnswerInterruptionAsync(new(run, 1), InterruptionAnswer.Proceed, "", Stop);
        Assert.Equal(1, reader.Launcher.Count);

        EngineInstance next = await world.AddEngineAsync();
        await next.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        Assert.Equal(["after"], await world.First.TextAsync(run, 2));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenParentOfAWaitingRun_WhenTheDriverHasNothingElseToDo_ThenItLeavesAndTheAnswerEndsBoth()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await world.PutAsync("child", Manual("Approve", "?"));
        await world.PutAsync("the runbook", Call("calls", "child"), Step("After", "echo after"));
        RunId run = (await world.First.StartAsync("the runbook", detached: true)).Id;
        EngineInstance driver = await world.AddEngineAsync();
        await driver.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        IReadOnlyList<RunRecord> left = await world.First.Store.GetUnfinishedRunsAsync(Stop);
        Assert.Equal(2, left.Count);
        Assert.All(left, one => Assert.Null(one.Owner));
        Assert.Contains(await world.First.Store.GetAuditAsync(new(), Stop), entry => entry.Run == left[1].Id && entry.Details.EndsWith($"by step 1 of {run}", StringComparison.Ordinal));
        EngineInstance reader = await world.AddEngineAsync();
        await reader.Engine.EnsureDrivenAsync(Stop);
        Assert.Equal(0, reader.Launcher.Count);
        await reader.Engine.AnswerInterruptionAsync(new(left[1].Id, 1), InterruptionAnswer.Proceed, "", Stop);
        Assert.Equal(1, reader.Launcher.Count);
        EngineInstance next = await world.AddEngineAsync();
        await next.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        Assert.Equal(["after"], await world.First.TextAsync(run, 2));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenSecretInNotesAndInstructions_WhenStored_ThenItIsMaskedEverywhere()
    {
        await using RunWorld world = await CreateAsync();
        SealedText token = world.First.Secrets.Seal("correct horse");
        await world.PutAsync(new RunbookDefinition("the runbook", [Manual("Approve", "It is #{Password}.")])
        {
            Variables = [VariableDefinition.Sensitive("Password", token)],
        });
        RunId run = (await world.First.StartAsync("the runbook")).Id;
        Interruption asked = await AskedAsync(world, run);
        Assert.Equal("It is ********.", asked.Text);
        await world.First.Engine.AnswerInterruptionAsync(asked.Id, InterruptionAnswer.Proceed, "I saw correct horse", Stop);
        await world.First.EndAsync(run);
        Assert.Equal("I saw ********", (await world.First.Store.GetInterruptionAsync(asked.Id, Stop)).Notes);
        Assert.Equal("I saw ********", (await world.First.DetailsAsync(run)).Outputs.Single(output => output.Name == "Manual.Notes").Value);
        Assert.DoesNotContain(await world.First.Store.GetAuditAsync(new(), Stop), entry => entry.Details.Contains("horse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenNotesThatCannotBeKept_WhenAnswered_ThenTheyAreRefused()
    {
        await using RunWorld world = await CreateAsync();
        foreach (string notes in (string[])["a\0b", "half \ud800 of a pair", "\udc00", new string('x', 40_000)])
        {
            OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(
                () => world.First.Engine.AnswerInterruptionAsync(new(new(1), 1), InterruptionAnswer.Proceed, notes, Stop));
            Assert.Equal(EngineError.InvalidArgument, refused.Error);
        }

        Assert.Equal(
            EngineError.InterruptionNotFound,
            (await Assert.ThrowsAsync<OctoWorkersException>(
                () => world.First.Engine.AnswerInterruptionAsync(new(new(1), 1), InterruptionAnswer.Proceed, "fine 😀", Stop))).Error);
    }

    [Fact]
    public async Task GivenWorkersGoneWhileItWaited_WhenAnswered_ThenTheStepFailsAndSaysWhy()
    {
        await using RunWorld world = await CreateAsync("w1");
        RunId run = await world.StartAsync(Manual("Approve", "?"), Step("After", "echo after"));
        await AskedAsync(world, run);
        await world.First.Store.SetWorkerStateAsync("w1", WorkerState.Disabled, Stop);
        await AnswerAsync(world, run, InterruptionAnswer.Proceed, "");
        RunRecord ended = await world.First.EndAsync(run);
        Assert.Equal(RunStatus.Failed, ended.Status);
        Assert.Contains("No worker could be drawn again", ended.Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAWorkerThatGaveItsNameToAnotherWhileItWaited_WhenAnswered_ThenTheStepRunsOnThatOne()
    {
        await using RunWorld world = await CreateAsync("w1");
        RunId run = await world.StartAsync(Step("Before", "echo before"), Manual("Approve", "?"), Step("After", "echo after"));
        await AskedAsync(world, run);
        await world.First.Store.RemoveWorkerAsync("w1", Stop);
        await world.AddWorkersAsync(WorkerPoolDefinition.DefaultName, "w1");
        await AnswerAsync(world, run, InterruptionAnswer.Proceed, "");
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        Assert.Equal(["after"], await world.First.TextAsync(run, 3));
        Assert.Equal((await world.First.Store.GetWorkersAsync(Stop))[0].Id, (await world.First.DetailsAsync(run)).Steps[2].Attempts[0].Worker);
    }

    private static StepDefinition Manual(string name, string instructions) => new(name, new ManualAction(instructions));

    private static async Task<Interruption> AskedAsync(RunWorld world, RunId run, int number = 1)
    {
        RunDetails details = await world.First.BecomesAsync(
            run, details => details.Run.HasEnded || details.Interruptions.Count >= number, $"the run waits for a person ({number})");
        return details.Interruptions[number - 1];
    }

    private static async Task<Interruption> AnswerAsync(RunWorld world, RunId run, InterruptionAnswer answer, string notes)
        => await world.First.Engine.AnswerInterruptionAsync((await AskedAsync(world, run)).Id, answer, notes, Stop);
}
