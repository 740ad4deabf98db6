using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>How many sessions a pool has ready.</summary>
public sealed class SessionPoolTests : PoolTests
{
    [Fact]
    public async Task GivenUsersOneSoonAfterTheOther_WhenTheyAreServed_ThenAsManySessionsAreReadyForTheNext()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 5);

        await RestAsync(pool, 5);
        await BurstAsync(pool, 5);

        // They have not waited for any.
        Assert.Equal(0, Sessions.Opening);
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
            await Eventually.HoldsAsync(() => Sessions.Opening > 0, "one is opened", Stop);
            Time.Turn(2 * LoadClock.QuietTime);
            Sessions.Open();
            await UseAsync(pool, await renting);
        }

        await RestAsync(pool, 8);
        await BurstAsync(pool, 8);
        Assert.Equal(0, Sessions.Opening);
    }

    [Fact]
    public async Task GivenAUserWhoWaits_WhenHeGivesUp_ThenTheBurstEnds()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 2);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<WorkerSession> waiting = pool.RentAsync(SessionUse.Step, isUnused: true, patience.Token);
        await Eventually.HoldsAsync(() => Sessions.Opening > 0, "one is opened", Stop);
        Time.Turn(LoadClock.QuietTime);

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
        Assert.Equal((0, 1), (Sessions.Opening, pool.Spares));
        await BurstAsync(pool, 1);
        Assert.Equal(0, Sessions.Opening);
        Task<WorkerSession> waiting = pool.RentAsync(SessionUse.Step, isUnused: true, Stop);

        // One for it, and one on the other processor for who comes next.
        await Eventually.HoldsAsync(() => Sessions.Opening == 2, "two are opened", Stop);
        Sessions.Open();
        await UseAsync(pool, await waiting);
    }

    [Fact]
    public async Task GivenManyWhoWait_WhenSessionsAreOpened_ThenEachHasOneOnItsWayUpToTheCap()
    {
        SessionPool pool = Pool(most: 6);
        Task<WorkerSession>[] waiting = [.. Enumerable.Range(0, 10).Select(_ => pool.RentAsync(SessionUse.Step, isUnused: true, Stop))];

        await Eventually.HoldsAsync(() => Sessions.Opening == 6, "six are opened", Stop);
        for (int served = 0; served < 10; served++)
        {
            await Eventually.HoldsAsync(() => Sessions.Opening > 0, "another is opened", Stop);
            Assert.InRange(pool.Count, 1, 6);
            Sessions.Open();
            await UseAsync(pool, await waiting[served]);
        }

        Assert.All(waiting, one => Assert.True(one.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task GivenAWorkerWithLittleMemory_WhenManyWereUsed_ThenFewAreKeptReady()
    {
        Sessions = new(new(2, 2L << 30));
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

        Time.Turn(LoadClock.Window);
        Assert.Equal(4, pool.Spares);
        await BurstAsync(pool, 2);
        await RestAsync(pool, 4);
        Time.Turn(LoadClock.Window);
        await Eventually.HoldsAsync(() => pool.Count == 2, "what the last window did not ask for is closed", Stop);
        Time.Turn(LoadClock.Window);

        await Eventually.HoldsAsync(() => pool.Count == 0, "all are closed", Stop);
        Assert.Equal(0, Sessions.Opening);
    }

    [Fact]
    public async Task GivenSparesForAnotherUse_WhenTheCapIsReached_ThenTheyMakeRoom()
    {
        SessionPool pool = Pool(most: 2);
        await BurstAsync(pool, 2);
        await RestAsync(pool, 1);
        Task<WorkerSession>[] plain = [.. Enumerable.Range(0, 2).Select(_ => pool.RentAsync(SessionUse.Command, isUnused: true, Stop))];

        await Eventually.HoldsAsync(() => Sessions.Opening == 2, "two are opened for the other use", Stop);
        Sessions.Open();
        Sessions.Open();

        foreach (WorkerSession session in await Task.WhenAll(plain))
        {
            await session.DisposeAsync();
            pool.Returns.Leave(SessionUse.Command);
        }
    }
}
