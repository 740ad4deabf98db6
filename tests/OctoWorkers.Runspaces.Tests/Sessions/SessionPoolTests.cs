using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>How many sessions a pool has ready.</summary>
public sealed class SessionPoolTests : IAsyncLifetime
{
    private readonly HandTime _time = new();
    private PlayedSessions _sessions = new(new(2, 64L << 30));
    private SessionPool? _pool;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        InstalledPowerShell.Require(new("tests", IsTarget: false));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task GivenUsersOneSoonAfterTheOther_WhenTheyAreServed_ThenAsManySessionsAreReadyForTheNext()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 5);

        await RestAsync(pool, 5);
        await BurstAsync(pool, 5);

        // They have not waited for any.
        Assert.Equal(0, _sessions.Opening);
        await RestAsync(pool, 5);
    }

    [Fact]
    public async Task GivenUsersWhoWaitLongerThanABurstLasts_WhenEachHasGoneSoonAfter_ThenAsManySessionsAreReadyForTheNext()
    {
        // The cap that a connection has unless it says otherwise.
        SessionPool pool = Pool(most: 16);
        for (int i = 0; i < 8; i++)
        {
            Task<WorkerSession> renting = pool.RentAsync(SessionUse.Step, isUnused: true, Stop);
            Assert.False(renting.IsCompleted);
            await Eventually.HoldsAsync(() => _sessions.Opening > 0, "one is opened", Stop);
            _time.Turn(2 * LoadClock.QuietTime);
            _sessions.Open();
            await UseAsync(pool, await renting);
        }

        await RestAsync(pool, 8);
        await BurstAsync(pool, 8);
        Assert.Equal(0, _sessions.Opening);
    }

    [Fact]
    public async Task GivenAUserWhoWaits_WhenHeGivesUp_ThenTheBurstEnds()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 2);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<WorkerSession> waiting = pool.RentAsync(SessionUse.Step, isUnused: true, patience.Token);
        await Eventually.HoldsAsync(() => _sessions.Opening > 0, "one is opened", Stop);
        _time.Turn(LoadClock.QuietTime);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await RestAsync(pool, 3);
    }

    [Fact]
    public async Task GivenUsersFarFromEachOther_WhenTheyAreServed_ThenOneSessionIsReady()
    {
        SessionPool pool = Pool();
        for (int i = 0; i < 5; i++)
        {
            await BurstAsync(pool, 1);
            await RestAsync(pool, 1);
        }
    }

    [Fact]
    public async Task GivenABurst_WhenItGoesOn_ThenNothingIsOpenedBesideItBeforeSomebodyMustWait()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 3);
        await RestAsync(pool, 3);

        await BurstAsync(pool, 2);
        Assert.Equal((0, 1), (_sessions.Opening, pool.Spares));
        await BurstAsync(pool, 1);
        Assert.Equal(0, _sessions.Opening);
        Task<WorkerSession> waiting = pool.RentAsync(SessionUse.Step, isUnused: true, Stop);

        // One for it, and one on the other processor for who comes next.
        await Eventually.HoldsAsync(() => _sessions.Opening == 2, "two are opened", Stop);
        _sessions.Open();
        await UseAsync(pool, await waiting);
    }

    [Fact]
    public async Task GivenABurst_WhenASessionWasUsed_ThenItIsEndedAtOnce()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 3);
        await RestAsync(pool, 3);
        for (int used = 1; used <= 2; used++)
        {
            pool.Retire(await pool.RentAsync(SessionUse.Step, isUnused: true, Stop), used == 1 ? AfterStep.End : AfterStep.Wait);
            pool.Leave(SessionUse.Step);
            await Eventually.HoldsAsync(() => _sessions.Closed == 3 + used, "what was used is closed, though the burst goes on", Stop);
        }

        Assert.Equal((0, 1), (_sessions.Opening, pool.Spares));
    }

    [Fact]
    public async Task GivenABurst_WhenSessionsWereUsedThatDoNothingMore_ThenTheyAreEndedWhenItIsOver()
    {
        SessionPool pool = LatePool();
        await BurstAsync(pool, 3);
        await RestAsync(pool, 3);

        Array.ForEach(await RentAsync(pool, 2), session => End(pool, session));
        Assert.Equal((3, 1), (_sessions.Closed, pool.Spares));
        _time.Turn(LoadClock.QuietTime);

        await Eventually.HoldsAsync(() => _sessions.Closed == 5, "both are closed", Stop);
    }

    [Fact]
    public async Task GivenABurst_WhenASessionDoesNotWaitAfterItsStep_ThenItIsEndedAtOnce()
    {
        SessionPool pool = LatePool();
        WorkerSession[] rented = await RentAsync(pool, 2);

        pool.Leave(SessionUse.Step);
        pool.Retire(rented[0], AfterStep.EndPipeline);

        await Eventually.HoldsAsync(() => _sessions.Closed == 1, "it is closed, though the burst goes on", Stop);
        End(pool, rented[1]);
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenTheBurstGoesOn_ThenTheOldestAreEnded()
    {
        PoolTasks tasks = new();
        DeferredEnds ends = new(tasks, _time);
        WorkerSession[] used = await RentAsync(LatePool(), 3);
        ends.Add(used[0], most: 2);
        _time.Turn(DeferredEnds.Longest / 2);
        ends.Add(used[1], most: 2);
        ends.EndOld();
        Assert.Equal(0, _sessions.Closed);

        ends.Add(used[2], most: 2);
        await tasks.EndAsync();
        Assert.Equal((true, false), (used[0].IsBroken, used[1].IsBroken));
        _time.Turn(DeferredEnds.Longest);
        ends.EndOld();
        await tasks.EndAsync();

        Assert.All(used, session => Assert.True(session.IsBroken));
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenSomebodyMustWait_ThenTheyMakeRoomAtOnce()
    {
        SessionPool pool = LatePool(most: 6);
        await BurstAsync(pool, 3);
        await RestAsync(pool, 3);
        Array.ForEach(await RentAsync(pool, 3), session => End(pool, session));

        Task<WorkerSession> waiting = pool.RentAsync(SessionUse.Step, isUnused: true, Stop);

        await Eventually.HoldsAsync(() => _sessions.Closed == 6 && _sessions.Opening > 0, "all three are closed", Stop);
        _sessions.Open();
        await UseAsync(pool, await waiting);
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenThereAreAsManyAsMayBeReady_ThenOthersAreEndedAtOnce()
    {
        SessionPool pool = LatePool(most: 6);
        WorkerSession[] rented = await RentAsync(pool, 5);

        Array.ForEach(rented, session => End(pool, session));

        await Eventually.HoldsAsync(() => _sessions.Closed == 2, "what is more than half of the cap is closed", Stop);
        _time.Turn(LoadClock.QuietTime);
        await Eventually.HoldsAsync(() => _sessions.Closed == 5, "all are closed", Stop);
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenThePoolIsClosed_ThenTheyAreEnded()
    {
        _sessions = new(new(2, 64L << 30), compilesLate: true);
        SessionPool pool = new(6, _sessions.OpenAsync, _time);
        WorkerSession[] rented = await RentAsync(pool, 2);
        Array.ForEach(rented, session => End(pool, session));
        Assert.Equal(0, _sessions.Closed);

        await pool.DisposeAsync();

        Assert.All(rented, session => Assert.True(session.IsBroken));
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public async Task GivenManyWhoWait_WhenSessionsAreOpened_ThenEachHasOneOnItsWayUpToTheCap()
    {
        SessionPool pool = Pool(most: 6);
        Task<WorkerSession>[] waiting = [.. Enumerable.Range(0, 10).Select(_ => pool.RentAsync(SessionUse.Step, isUnused: true, Stop))];

        await Eventually.HoldsAsync(() => _sessions.Opening == 6, "six are opened", Stop);
        for (int served = 0; served < 10; served++)
        {
            await Eventually.HoldsAsync(() => _sessions.Opening > 0, "another is opened", Stop);
            Assert.InRange(pool.Count, 1, 6);
            _sessions.Open();
            await UseAsync(pool, await waiting[served]);
        }

        Assert.All(waiting, one => Assert.True(one.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task GivenAWorkerWithLittleMemory_WhenManyWereUsed_ThenFewAreKeptReady()
    {
        _sessions = new(new(2, 2L << 30));
        SessionPool pool = Pool();
        await BurstAsync(pool, 6);
        await RestAsync(pool, 2);
    }

    [Fact]
    public async Task GivenALoadThatEnds_WhenWindowsPass_ThenSparesAreClosed()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 4);
        await RestAsync(pool, 4);

        _time.Turn(LoadClock.Window);
        Assert.Equal(4, pool.Spares);
        await BurstAsync(pool, 2);
        await RestAsync(pool, 4);
        _time.Turn(LoadClock.Window);
        await Eventually.HoldsAsync(() => pool.Count == 2, "what the last window did not ask for is closed", Stop);
        _time.Turn(LoadClock.Window);

        await Eventually.HoldsAsync(() => pool.Count == 0, "all are closed", Stop);
        Assert.Equal(0, _sessions.Opening);
    }

    [Fact]
    public async Task GivenSparesForAnotherUse_WhenTheCapIsReached_ThenTheyMakeRoom()
    {
        SessionPool pool = Pool(most: 2);
        await BurstAsync(pool, 2);
        await RestAsync(pool, 1);
        Task<WorkerSession>[] plain = [.. Enumerable.Range(0, 2).Select(_ => pool.RentAsync(SessionUse.Command, isUnused: true, Stop))];

        await Eventually.HoldsAsync(() => _sessions.Opening == 2, "two are opened for the other use", Stop);
        _sessions.Open();
        _sessions.Open();

        foreach (WorkerSession session in await Task.WhenAll(plain))
        {
            await session.DisposeAsync();
            pool.Leave(SessionUse.Command);
        }
    }

    private SessionPool Pool(int most = 20) => _pool = new(most, _sessions.OpenAsync, _time);

    private SessionPool LatePool(int most = 20)
    {
        _sessions = new(new(2, 64L << 30), compilesLate: true);
        return Pool(most);
    }

    // So many at once.
    private async Task<WorkerSession[]> RentAsync(SessionPool pool, int users)
    {
        Task<WorkerSession>[] renting = [.. Enumerable.Range(0, users).Select(_ => pool.RentAsync(SessionUse.Step, isUnused: true, Stop))];
        while (renting.Any(one => !one.IsCompleted))
        {
            await Eventually.HoldsAsync(() => renting.All(one => one.IsCompleted) || _sessions.Opening > 0, "one is opened or there", Stop);
            if (_sessions.Opening > 0)
            {
                _sessions.Open();
            }
        }

        return await Task.WhenAll(renting);
    }

    // What a step does with its session when it is over.
    private static void End(SessionPool pool, WorkerSession session)
    {
        pool.Leave(SessionUse.Step);
        pool.Retire(session, AfterStep.Wait);
    }

    // Users who come one after the other, each when the one before has gone.
    private async Task BurstAsync(SessionPool pool, int users)
    {
        for (int i = 0; i < users; i++)
        {
            Task<WorkerSession> renting = pool.RentAsync(SessionUse.Step, isUnused: true, Stop);
            while (!renting.IsCompleted)
            {
                await Eventually.HoldsAsync(() => renting.IsCompleted || _sessions.Opening > 0, "one is opened or there", Stop);
                if (_sessions.Opening > 0)
                {
                    _sessions.Open();
                }
            }

            await UseAsync(pool, await renting);
        }
    }

    private static async Task UseAsync(SessionPool pool, WorkerSession session)
    {
        await session.DisposeAsync();
        pool.Leave(SessionUse.Step);
    }

    // The burst is over: no more are opened at once than there are processors, until so many are ready.
    private async Task RestAsync(SessionPool pool, int ready)
    {
        _time.Turn(LoadClock.QuietTime);
        while (pool.Spares < ready)
        {
            await Eventually.HoldsAsync(() => _sessions.Opening > 0 || pool.Spares >= ready, $"{ready} are opened", Stop);
            Assert.InRange(_sessions.Opening, 0, 2);
            if (_sessions.Opening > 0)
            {
                _sessions.Open();
            }
        }

        await Eventually.HoldsAsync(() => pool.Count == ready, "those that were used are closed, and no more opened", Stop);
        Assert.Equal(ready, pool.Spares);
    }
}
