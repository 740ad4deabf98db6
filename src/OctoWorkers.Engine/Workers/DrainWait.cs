using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Workers;

/// <summary>Waits until a draining worker is free.</summary>
internal static class DrainWait
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<WorkerLease>> WaitAsync(IStore store, WorkerRecord worker, TimeProvider time, CancellationToken cancellationToken)
    {
        bool cancels = worker.Drain is { Cancels: true };
        long seen = 0;
        while (true)
        {
            DateTimeOffset now = time.GetUtcNow();
            await store.EndDrainsAsync(now, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<WorkerLease> leases = await store.GetLeasesAsync(cancellationToken).ConfigureAwait(false);
            leases = [.. leases.Where(lease => lease.Worker == worker.Id)];
            if (leases.Count == 0 || (!cancels && worker.Drain?.Deadline <= now))
            {
                return leases;
            }

            seen = await store.WaitForChangeAsync(seen, Shorter(LongestWait, worker.Drain?.Deadline - now), cancellationToken).ConfigureAwait(false);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Shorter(TimeSpan longest, TimeSpan? left) => left is { } time && time > TimeSpan.Zero && time < longest ? time : longest;
}
