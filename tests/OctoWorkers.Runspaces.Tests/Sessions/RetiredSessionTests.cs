using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>When the sessions of a pool are ended that their users do not need any more.</summary>
public sealed class RetiredSessionTests : PoolTests
{
    [Fact]
    public async Task GivenABurst_WhenASessionWasUsed_ThenItIsEndedAtOnce()
    {
        SessionPool pool = Pool();
        await BurstAsync(pool, 3);
        await RestAsync(pool, 3);
        for (int used = 1; used <= 2; used++)
        {
            pool.Returns.Retire(await pool.RentAsync(SessionUse.Step, isUnused: true, Stop), used == 1 ? AfterStep.End : AfterStep.Wait);
            pool.Returns.Leave(SessionUse.Step);
            await Eventually.HoldsAsync(() => Sessions.Closed == 3 + used, "what was used is closed, though the burst goes on", Stop);
        }

        Assert.Equal((0, 1), (Sessions.Opening, pool.Spares));
    }

    [Fact]
    public async Task GivenABurst_WhenSessionsWereUsedThatDoNothingMore_ThenTheyAreEndedWhenItIsOver()
    {
        SessionPool pool = LatePool();
        await BurstAsync(pool, 3);
        await RestAsync(pool, 3);

        Array.ForEach(await RentAsync(pool, 2), session => End(pool, session));
        Assert.Equal((3, 1), (Sessions.Closed, pool.Spares));
        Time.Turn(LoadClock.QuietTime);

        await Eventually.HoldsAsync(() => Sessions.Closed == 5, "both are closed", Stop);
    }

    [Fact]
    public async Task GivenABurst_WhenASessionDoesNotWaitAfterItsStep_ThenItIsEndedAtOnce()
    {
        SessionPool pool = LatePool();
        WorkerSession[] rented = await RentAsync(pool, 2);

        pool.Returns.Leave(SessionUse.Step);
        pool.Returns.Retire(rented[0], AfterStep.EndPipeline);

        await Eventually.HoldsAsync(() => Sessions.Closed == 1, "it is closed, though the burst goes on", Stop);
        End(pool, rented[1]);
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenTheBurstGoesOn_ThenTheOldestAreEnded()
    {
        PoolTasks tasks = new();
        DeferredEnds ends = new(tasks, Time);
        WorkerSession[] used = await RentAsync(LatePool(), 3);
        ends.Add(used[0], most: 2);
        Time.Turn(DeferredEnds.Longest / 2);
        ends.Add(used[1], most: 2);
        ends.EndOld();
        Assert.Equal(0, Sessions.Closed);

        ends.Add(used[2], most: 2);
        await tasks.EndAsync();
        Assert.Equal((true, false), (used[0].IsBroken, used[1].IsBroken));
        Time.Turn(DeferredEnds.Longest);
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

        await Eventually.HoldsAsync(() => Sessions.Closed == 6 && Sessions.Opening > 0, "all three are closed", Stop);
        Sessions.Open();
        await UseAsync(pool, await waiting);
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenThereAreAsManyAsMayBeReady_ThenOthersAreEndedAtOnce()
    {
        SessionPool pool = LatePool(most: 6);
        WorkerSession[] rented = await RentAsync(pool, 5);

        Array.ForEach(rented, session => End(pool, session));

        await Eventually.HoldsAsync(() => Sessions.Closed == 2, "what is more than half of the cap is closed", Stop);
        Time.Turn(LoadClock.QuietTime);
        await Eventually.HoldsAsync(() => Sessions.Closed == 5, "all are closed", Stop);
    }

    [Fact]
    public async Task GivenUsedSessionsThatAreEndedLater_WhenThePoolIsClosed_ThenTheyAreEnded()
    {
        Sessions = new(new(2, 64L << 30), compilesLate: true);
        SessionPool pool = new(6, Sessions.OpenAsync, Time);
        WorkerSession[] rented = await RentAsync(pool, 2);
        Array.ForEach(rented, session => End(pool, session));
        Assert.Equal(0, Sessions.Closed);

        await pool.DisposeAsync();

        Assert.All(rented, session => Assert.True(session.IsBroken));
        Assert.Equal(0, pool.Count);
    }

    private SessionPool LatePool(int most = 20)
    {
        Sessions = new(new(2, 64L << 30), compilesLate: true);
        return Pool(most);
    }

    // So many at once.
    private async Task<WorkerSession[]> RentAsync(SessionPool pool, int users)
    {
        Task<WorkerSession>[] renting = [.. Enumerable.Range(0, users).Select(_ => pool.RentAsync(SessionUse.Step, isUnused: true, Stop))];
        while (renting.Any(one => !one.IsCompleted))
        {
            await Eventually.HoldsAsync(() => renting.All(one => one.IsCompleted) || Sessions.Opening > 0, "one is opened or there", Stop);
            if (Sessions.Opening > 0)
            {
                Sessions.Open();
            }
        }

        return await Task.WhenAll(renting);
    }

    // What a step does with its session when it is over.
    private static void End(SessionPool pool, WorkerSession session)
    {
        pool.Returns.Leave(SessionUse.Step);
        pool.Returns.Retire(session, AfterStep.Wait);
    }
}
