using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Workers that are lost while a step runs there.</summary>
public sealed class LostWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAWorkerThatNeverAnswersATermination_WhenItsConnectionThenBreaks_ThenTheRunStillEnds()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await world.SetAsync("lostContactTimeout", "1");
        RunId run = await world.StartAsync(Step("long", "echo there; sleep 7405"));
        await world.First.SaysAsync(run, 1, "there");
        TaskCompletionSource asked = new();
        world.Transport.Before = async (worker, method, token) =>
        {
            if (method == nameof(IWorkerChannel.TerminateAsync))
            {
                asked.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
        };
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        await asked.Task.WaitAsync(Stop);
        world.Transport.Vanish("worker1");
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(run)).Status);
        Assert.Equal(TerminationVerdict.Unverified, (await world.First.DetailsAsync(run)).Steps[0].Attempts.Single().Receipt!.Verdict);
        world.Transport.Before = null;
        await ContactAgainAsync(world);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAWorkerThatAnswersButIsUnusableForAWhile_WhenAStepRunsThere_ThenItIsFollowedAgain()
    {
        await using RunWorld world = await CreateAsync("worker1");
        RunId run = await world.StartAsync(Step("writes", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done; echo done"));
        await world.First.SaysAsync(run, 1, "there");
        world.Transport.Refuse("worker1", EngineError.WorkerUnusable);
        TaskCompletionSource refused = new();
        int openings = 0;
        world.Transport.Before = (_, method, _) =>
        {
            // The second one shows that the first was not taken for the end.
            if (method == nameof(IWorkerTransport.OpenAsync) && ++openings == 2)
            {
                refused.TrySetResult();
            }

            return Task.CompletedTask;
        };
        world.Transport.Cut("worker1");
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await refused.Task.WaitAsync(Stop);
        world.Transport.Admit("worker1");
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        Assert.Equal(["there", "done"], await world.First.TextAsync(run, 1));
    }

    [Fact]
    public async Task GivenAWorkerThatIsGoneForTooLong_WhenTheStepIsNotIdempotent_ThenItsOutcomeIsUnknown()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await world.SetAsync("lostContactTimeout", "1");
        RunId run = await world.StartAsync(Step("long", "echo there; sleep 7401") with { Retry = new() { Count = 2 } });
        await world.First.SaysAsync(run, 1, "there");
        int sleeper = await SleeperAsync("7401");
        world.Transport.Vanish("worker1");
        Assert.Equal(RunStatus.Failed, (await world.First.EndAsync(run)).Status);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(StepStatus.Unknown, details.Steps[0].Status);
        Assert.Equal(AttemptOutcome.Unknown, details.Steps[0].Attempts.Single().Outcome);
        Assert.Contains("has an unknown outcome", details.Run.Error, StringComparison.Ordinal);
        Assert.True(ProcessTree.IsRunning(sleeper));

        await ContactAgainAsync(world);
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(sleeper), "what was left is ended at the next contact", Stop);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAWorkerThatIsGoneForTooLong_WhenTheStepIsIdempotent_ThenItIsTriedAgainElsewhere()
    {
        await using RunWorld world = await CreateAsync("worker1", "worker2");
        await world.SetAsync("lostContactTimeout", "1");
        RunId run = await world.StartAsync(
            Step("long", $"[ -e '{world.File("second")}' ] && exit 0; touch '{world.File("second")}'; echo there; sleep 7402") with
            {
                Retry = new() { Count = 1 }, Idempotent = true,
            });
        await world.First.SaysAsync(run, 1, "there");
        world.Transport.Vanish("worker1");
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(
            [("worker1", AttemptOutcome.Unknown), ("worker2", AttemptOutcome.Succeeded)],
            details.Steps[0].Attempts.Select(attempt => (attempt.WorkerName!, attempt.Outcome!.Value)));
        await ContactAgainAsync(world);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAWorkerThatCannotBeReached_WhenTheRunIsCanceled_ThenTheReceiptIsUnverifiedAndTheNextContactCleans()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await world.SetAsync("lostContactTimeout", "2");
        RunId run = await world.StartAsync(Step("long", "echo there; sleep 7403"));
        await world.First.SaysAsync(run, 1, "there");
        int sleeper = await SleeperAsync("7403");
        world.Transport.Vanish("worker1");
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(run)).Status);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(TerminationVerdict.Unverified, details.Steps[0].Attempts.Single().Receipt!.Verdict);
        Assert.Equal(["1-1-1"], Assert.Single(await world.First.Store.GetPendingCleanupsAsync(Stop)).Tickets);
        Assert.Empty(await world.First.Store.GetLeasesAsync(Stop));
        Assert.True(ProcessTree.IsRunning(sleeper));

        await ContactAgainAsync(world);
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(sleeper), "what was left is ended at the next contact", Stop);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenSomethingThatCannotBeRemoved_WhenTheWorkerIsReachedAgain_ThenItWorksAndTheRestStaysOnTheList()
    {
        await using RunWorld world = await CreateAsync("worker1");
        bool fails = true;
        world.Transport.Before = (worker, method, _) => fails && method == nameof(IWorkerChannel.RemoveRunAsync)
            ? throw new OctoWorkersException(EngineError.WorkerUnusable, "It could not be removed.", worker)
            : Task.CompletedTask;
        RunDetails first = await world.RunAsync(Step("works", "true"));
        Assert.Equal(RunStatus.Success, first.Run.Status);
        Assert.Single(await world.First.Store.GetPendingCleanupsAsync(Stop));
        world.Transport.Cut();
        RunDetails second = await world.RunAsync(Step("works", "true"));
        Assert.Equal(RunStatus.Success, second.Run.Status);
        Assert.Equal(2, (await world.First.Store.GetPendingCleanupsAsync(Stop)).Count);
        fails = false;
        world.Transport.Cut();
        await ContactAgainAsync(world);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAWorkerWithARunOnIt_WhenItIsDrainedDisabledOrRemoved_ThenPlannedStepsStillRunAndRemovalNamesTheRun()
    {
        await using RunWorld world = await CreateAsync("worker1", "worker2");
        RunId run = await world.StartAsync(Step("waits", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"), Step("next", "true"));
        await world.First.SaysAsync(run, 1, "there");
        await world.First.Store.SetWorkerStateAsync("worker1", WorkerState.Draining, Stop);
        await world.First.Store.SetWorkerStateAsync("worker1", WorkerState.Disabled, Stop);
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.RemoveWorkerAsync("worker1", force: false, Stop));
        Assert.Equal(EngineError.InUse, refused.Error);
        Assert.Contains(run.ToString(), refused.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        Assert.Equal("worker1", (await world.First.DetailsAsync(run)).Steps[1].WorkerName);

        RunId other = await world.StartAsync(Step("long", "echo there; sleep 7404"));
        await world.First.SaysAsync(other, 1, "there");
        Assert.Equal("worker2", (await world.First.DetailsAsync(other)).Steps[0].WorkerName);
        await world.First.Engine.RemoveWorkerAsync("worker2", force: true, Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(other)).Status);
        Assert.Equal(["worker1"], (await world.First.Store.GetWorkersAsync(Stop)).Select(worker => worker.Name));
        await world.AssertNothingIsLeftAsync();
    }

    private static async Task ContactAgainAsync(RunWorld world)
    {
        world.Transport.Admit("worker1");
        WorkerRecord worker = (await world.First.Store.GetWorkersAsync(Stop)).Single(one => one.Name == "worker1");
        Assert.Equal(HealthStatus.Healthy, (await world.First.Engine.CheckWorkerAsync(worker, Stop)).Health.Status);
    }

    private static async Task<int> SleeperAsync(string seconds)
    {
        int found = 0;
        await Eventually.HoldsAsync(() => (found = ProcessTree.WithCommandLine($"sleep {seconds}").FirstOrDefault(id => !ProcessTree.Children(id).Any())) > 0, "it sleeps", Stop);
        return found;
    }
}
