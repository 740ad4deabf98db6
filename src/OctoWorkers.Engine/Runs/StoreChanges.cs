using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>The changes of the store, for somebody who asks it again after each: at once after a pause in which nothing changed, not too often while much does.</summary>
internal sealed class StoreChanges(IStore store, TimeProvider time)
{
    // The death of a process frees what it held in line without anything being stored.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);

    private long seen;
    private long last = time.GetTimestamp();

    /// <summary>Waits for the next one, or until it is time to ask again anyhow.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        seen = await store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
        TimeSpan early = ShortestPause - time.GetElapsedTime(last);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, time, cancellationToken).ConfigureAwait(false);
        }

        last = time.GetTimestamp();
    }
}
