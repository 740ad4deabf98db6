using OctoWorkers.PowerShell.Jobs;

namespace OctoWorkers.PowerShell.Sessions;

/// <summary>The sessions of this process, by home folder: opened by the first cmdlet that needs one, kept warm for the next.</summary>
internal static class OpenSessions
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<string, EngineSession> ByHome = new(StringComparer.Ordinal);

    /// <summary>The session of the home folder that the environment names now.</summary>
    internal static async Task<EngineSession> CurrentAsync(CancellationToken cancellationToken)
    {
        string home = StoreHome.Find();
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (ByHome.TryGetValue(home, out EngineSession? session))
            {
                if (StoreHome.HasStore(home))
                {
                    return session;
                }

                // Somebody removed the store: what is written to the file that is gone would be lost.
                ByHome.Remove(home);
                await OpenJobs.StopAsync(home, $"the store '{home}' was removed").ConfigureAwait(false);
                await session.DisposeAsync().ConfigureAwait(false);
            }

            session = await EngineSession.OpenAsync(home, cancellationToken).ConfigureAwait(false);
            ByHome.Add(home, session);
            return session;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Closes all of them and waits.</summary>
    internal static void Close() => Task.Run(CloseAsync).GetAwaiter().GetResult();

    private static async Task CloseAsync()
    {
        await Gate.WaitAsync().ConfigureAwait(false);
        try
        {
            // One that cannot be closed properly does not keep the others open, and is not closed again.
            EngineSession[] all = [.. ByHome.Values];
            ByHome.Clear();
            await Task.WhenAll(all.Select(session => session.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
        finally
        {
            Gate.Release();
        }
    }
}
