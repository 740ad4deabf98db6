using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>Tests of a pool whose sessions are played, on a clock that is turned.</summary>
public abstract class PoolTests : IAsyncLifetime
{
    private SessionPool? _pool;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected HandTime Time { get; } = new();

    private protected PlayedSessions Sessions { get; set; } = new(new(2, 64L << 30));

    public ValueTask InitializeAsync()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        InstalledPowerShell.Require(new("tests", IsTarget: false));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await (_pool?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }

    private protected SessionPool Pool(int most = 20) => _pool = new(most, Sessions.OpenAsync, Time);

    /// <summary>Users who come one after the other, each when the one before has gone.</summary>
    private protected async Task BurstAsync(SessionPool pool, int users)
    {
        for (int i = 0; i < users; i++)
        {
            Task<WorkerSession> renting = pool.RentAsync(SessionUse.Step, isUnused: true, Stop);
            while (!renting.IsCompleted)
            {
                await Eventually.HoldsAsync(() => renting.IsCompleted || Sessions.Opening > 0, "one is opened or there", Stop);
                if (Sessions.Opening > 0)
                {
                    Sessions.Open();
                }
            }

            await UseAsync(pool, await renting);
        }
    }

    private protected static async Task UseAsync(SessionPool pool, WorkerSession session)
    {
        await session.DisposeAsync();
        pool.Returns.Leave(SessionUse.Step);
    }

    /// <summary>The burst is over: no more are opened at once than there are processors, until so many are ready.</summary>
    private protected async Task RestAsync(SessionPool pool, int ready)
    {
        Time.Turn(LoadClock.QuietTime);
        while (pool.Spares < ready)
        {
            await Eventually.HoldsAsync(() => Sessions.Opening > 0 || pool.Spares >= ready, $"{ready} are opened", Stop);
            Assert.InRange(Sessions.Opening, 0, 2);
            if (Sessions.Opening > 0)
            {
                Sessions.Open();
            }
        }

        await Eventually.HoldsAsync(() => pool.Count == ready, "those that were used are closed, and no more opened", Stop);
        Assert.Equal(ready, pool.Spares);
    }
}
