using System.Collections.Concurrent;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>The jobs of this process that are under way, so that they end before their store is closed.</summary>
internal static class OpenJobs
{
    // As long as a cancel may take, with what the run does after it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<EngineJob, bool> Jobs = [];

    /// <summary>Takes in a job that begins.</summary>
    internal static void Add(EngineJob job) => Jobs[job] = true;

    /// <summary>Leaves out a job that has ended.</summary>
    internal static void Remove(EngineJob job) => Jobs.TryRemove(job, out _);

    /// <summary>Stops them, which cancels their runs, and waits a bounded time for their ends.</summary>
    /// <param name="home">The store's folder; null: all.</param>
    /// <param name="why">What the runs' logs say of it.</param>
    internal static async Task StopAsync(string? home, string why)
    {
        EngineJob[] chosen = [.. Jobs.Keys.Where(job => home is null || job.Home == home)];
        foreach (EngineJob job in chosen)
        {
            job.BeginStop(why);
        }

        await Task.WhenAny(Task.WhenAll(chosen.Select(job => job.Ended)), Task.Delay(Patience, TimeProvider.System)).ConfigureAwait(false);
    }
}
