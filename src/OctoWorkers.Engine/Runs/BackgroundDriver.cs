using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Upkeep;

namespace OctoWorkers.Engine.Runs;

/// <summary>The background driver: one process per store and machine, which takes the runs that no living process drives; being it, and seeing to it that it is there.</summary>
/// <param name="services">The store and the clock.</param>
/// <param name="dispatcher">Drives the runs of this process.</param>
/// <param name="launcher">Starts the driver's process.</param>
internal sealed class BackgroundDriver(RunServices services, RunDispatcher dispatcher, IDriverLauncher launcher)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>A driver that was launched needs so long to take its place; until then another is not launched.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(5);

    private long? launchedAt;

    private bool IsLaunching => launchedAt is { } at && services.Time.GetElapsedTime(at) < Start;

    /// <summary>Is the driver until nothing has been left to do for a while. Returns at once when there is one already.</summary>
    /// <param name="start">Begins to drive the runs of this process.</param>
    /// <param name="report">Hears, in a line each, what the driver removed by itself and what of its upkeep failed; from any thread.</param>
    /// <param name="cancellationToken">Hands over and leaves.</param>
    public async Task DriveUntilIdleAsync(Action start, Action<string> report, CancellationToken cancellationToken)
    {
        using (IDisposable? place = services.Store.TryBecomeDriver())
        {
            if (place is null)
            {
                return;
            }

            await DriveAsync(start, report, cancellationToken).ConfigureAwait(false);
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            // Who made a run while this process was about to leave saw a driver and started none.
            await EnsureLaunchedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts the driver when there are runs that no living process drives.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EnsureLaunchedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> unfinished = await services.Store.GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false);
        HashSet<RunId> resting = RunAdoption.Resting(unfinished);
        if (unfinished.Any(run => !resting.Contains(run.Id) && RunAdoption.IsOrphan(services.Store, run)) && !services.Store.HasDriver() && !IsLaunching)
        {
            launchedAt = services.Time.GetTimestamp();
            launcher.Launch();
        }
    }

    private async Task DriveAsync(Action start, Action<string> report, CancellationToken cancellationToken)
    {
        start();
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task upkeep = new DriverUpkeep(services, report).RunAsync(leaving.Token);
        long idleSince = services.Time.GetTimestamp();
        long seen = 0;
        try
        {
            while (true)
            {
                int busy = await RunAdoption.AdoptAllAsync(services, dispatcher, cancellationToken).ConfigureAwait(false);
                EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
                if (busy > 0)
                {
                    idleSince = services.Time.GetTimestamp();
                }
                else if (services.Time.GetElapsedTime(idleSince) >= settings.DriverIdle)
                {
                    return;
                }

                seen = await services.Store.WaitForChangeAsync(seen, Poll, cancellationToken).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(50), services.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await dispatcher.StopAsync().ConfigureAwait(false);
            await upkeep.ConfigureAwait(false);
        }
    }
}
