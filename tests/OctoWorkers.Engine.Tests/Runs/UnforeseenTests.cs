using OctoWorkers.Engine.Journal;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Failures that are bugs: they are told, and what goes on beside them goes on.</summary>
public sealed class UnforeseenTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenABugWhileCancelsAreWatched_WhenARunIsCanceled_ThenItIsAndTheBugIsToldAtTheEnd()
    {
        await using RunWorld world = await CreateAsync();
        (IStore store, WatchedStore watch) = WatchedStore.Around(world.First.Store);
        int failures = 2;
        watch.Before = method =>
        {
            if (method == nameof(IRunStore.GetCancelRequestsAsync) && Interlocked.Decrement(ref failures) >= 0)
            {
                throw new InvalidOperationException("unforeseen");
            }
        };
        OctoWorkersEngine engine = new(store, [world.Transport], world.First.Secrets, world.First.Artifacts, world.First.Launcher, TimeProvider.System);
        await world.PutAsync("the runbook", Step("long", "echo there; sleep 7701"));
        RunRecord run = await engine.StartRunAsync(new("the runbook", TestEnvironment), Stop);
        await world.First.SaysAsync(run.Id, 1, "there");
        await engine.CancelRunAsync(run.Id, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await engine.WaitForRunAsync(run.Id, Stop).WaitAsync(Enough, Stop)).Status);
        Assert.True(failures < 0);
        InvalidOperationException told = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.DisposeAsync().AsTask().WaitAsync(Enough, Stop));
        Assert.Equal("unforeseen", told.Message);
    }

    [Fact]
    public async Task GivenABugWhileARunIsDriven_WhenItCannotBeGivenUpEither_ThenTheFirstIsToldAndTheEngineEnds()
    {
        await using RunWorld world = await CreateAsync();
        (IStore store, WatchedStore watch) = WatchedStore.Around(world.First.Store);
        await world.PutAsync("the runbook", Step("work", "true"));
        await using (OctoWorkersEngine engine = new(store, [world.Transport], world.First.Secrets, world.First.Artifacts, world.First.Launcher, TimeProvider.System))
        {
            watch.Before = method =>
            {
                if (method is nameof(IRunStore.PlanAsync) or nameof(IRunStore.ReleaseRunAsync))
                {
                    throw new InvalidOperationException(method);
                }
            };
            RunRecord run = await engine.StartRunAsync(new("the runbook", TestEnvironment), Stop);
            InvalidOperationException told = await Assert.ThrowsAsync<InvalidOperationException>(
                () => engine.WaitForRunAsync(run.Id, Stop).WaitAsync(Enough, Stop));
            Assert.Equal(nameof(IRunStore.PlanAsync), told.Message);
        }
    }

    [Fact]
    public async Task GivenABugWhileSlotsAreGivenOut_WhenAnotherRunWaits_ThenItGetsItsSlot()
    {
        await using RunWorld world = await CreateAsync();
        (IStore store, WatchedStore watch) = WatchedStore.Around(world.First.Store);
        int failures = 1;
        watch.Before = method =>
        {
            if (method == nameof(IQueueStore.TryTakeSlotAsync) && Interlocked.Decrement(ref failures) >= 0)
            {
                throw new InvalidOperationException("unforeseen");
            }
        };
        await world.PutAsync("the runbook", Step("work", "true"));
        await using OctoWorkersEngine engine = new(store, [world.Transport], world.First.Secrets, world.First.Artifacts, world.First.Launcher, TimeProvider.System);
        RunRecord first = await engine.StartRunAsync(new("the runbook", TestEnvironment), Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.WaitForRunAsync(first.Id, Stop).WaitAsync(Enough, Stop));
        RunRecord second = await engine.StartRunAsync(new("the runbook", TestEnvironment), Stop);
        Assert.Equal(RunStatus.Success, (await engine.WaitForRunAsync(second.Id, Stop).WaitAsync(Enough, Stop)).Status);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task GivenABugWhileADriverDrivesARun_WhenItTakesTheRunUpAgain_ThenTheRunsLogSaysWhyOnceWithoutSecrets(int failures, int untold)
    {
        const string secret = "unspeakable-4711";
        await using RunWorld world = await CreateAsync();
        (IStore store, WatchedStore watch) = WatchedStore.Around(world.First.Store);
        watch.Before = method =>
        {
            if (method == nameof(IQueueStore.TryTakeSlotAsync) && Interlocked.Decrement(ref failures) >= 0)
            {
                throw new InvalidOperationException($"unforeseen {secret}");
            }

            if (method == nameof(IRunStore.GetLogAsync) && failures == 0 && Interlocked.Decrement(ref untold) >= 0)
            {
                throw new InvalidOperationException("the store is not there either");
            }
        };
        await world.PutAsync(new RunbookDefinition("the runbook", [Step("work", "true")])
        {
            Variables = [VariableDefinition.Sensitive("S", world.First.Secrets.Seal(secret))],
        });
        await using OctoWorkersEngine engine = new(store, [world.Transport], world.First.Secrets, world.First.Artifacts, world.First.Launcher, TimeProvider.System);
        RunRecord run = await world.First.StartAsync("the runbook", detached: true);
        using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task driving = engine.DriveUntilIdleAsync(leave.Token);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run.Id)).Status);
        await leave.CancelAsync();
        await driving.WaitAsync(Enough, Stop);
        LogLine told = Assert.Single(await world.First.LogAsync(run.Id, 0), line => line.Text.Contains("could not drive the run on", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, told.Level);
        Assert.EndsWith(": unforeseen ******** (InvalidOperationException)", told.Text, StringComparison.Ordinal);
    }
}
