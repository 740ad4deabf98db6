using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Follows who waits for whom.</summary>
internal static class WaitChain
{
    private const int MaxRuns = 50;

    public static async Task<IReadOnlyList<RunRecord>> ReadAsync(IStore store, RunId run, CancellationToken cancellationToken)
    {
        List<RunRecord> chain = [];
        HashSet<RunId> known = [run];
        Queue<RunId> open = new([run]);
        while (chain.Count < MaxRuns && open.TryDequeue(out RunId next))
        {
            RunRecord record = await store.GetRunAsync(next, cancellationToken).ConfigureAwait(false);

            // Who holds a slot is a fact, not a reason: only what the run waits for by name is followed.
            foreach (WaitHolder holder in record.Waits.Where(wait => wait.Kind != WaitKind.Slot).SelectMany(wait => wait.Holders))
            {
                if (holder.Run is { } held && known.Add(held))
                {
                    open.Enqueue(held);
                }
            }

            if (chain.Count == 0 || record.Waits.Count > 0)
            {
                chain.Add(record);
            }
        }

        return chain;
    }
}
