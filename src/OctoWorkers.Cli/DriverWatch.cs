namespace OctoWorkers.Cli;

/// <summary>Sees to it that runs go on while a command waits for them, even when the process that drove them dies meanwhile.</summary>
internal static class DriverWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>Does the work with an eye on the driver.</summary>
    internal static async Task<int> DuringAsync(EngineSession session, Func<Task<int>> work, CancellationToken cancellationToken)
    {
        await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = WatchAsync(session, stop.Token);
        int exitCode;
        try
        {
            exitCode = await work().ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }

        await session.Context.Console.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
        return exitCode;
    }

    private static async Task WatchAsync(EngineSession session, CancellationToken stop)
    {
        try
        {
            using PeriodicTimer timer = new(Interval, session.Time);
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                await session.Engine.EnsureDrivenAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The work is done.
        }
    }
}
