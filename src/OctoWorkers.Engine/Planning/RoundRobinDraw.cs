namespace OctoWorkers.Engine.Planning;

/// <summary>
/// The draws of one plan from one pool: each takes the next eligible worker by place in the pool and moves the cursor. A place outlives its worker, so
/// workers may come and go between plans without anybody losing a turn.
/// </summary>
internal sealed class RoundRobinDraw
{
    private readonly WorkerPoolRecord pool;
    private readonly WorkerEligibility eligibility;
    private readonly List<(long Position, WorkerRecord Worker)> eligible = [];
    private readonly HashSet<WorkerId> members = [];
    private PoolCursor? cursor;

    internal RoundRobinDraw(
        WorkerPoolRecord pool, IReadOnlyDictionary<WorkerId, WorkerRecord> workers, PoolCursor? cursor, WorkerEligibility eligibility)
    {
        this.pool = pool;
        this.cursor = cursor;
        this.eligibility = eligibility;
        SkippedGroups skipped = new();
        foreach (PoolMember member in pool.Members.OrderBy(member => member.Position))
        {
            members.Add(member.Worker);
            if (!workers.TryGetValue(member.Worker, out WorkerRecord? worker))
            {
                skipped.Add(new("no longer registered"), member.Worker.ToString());
            }
            else if (eligibility.Problem(worker) is { } problem)
            {
                skipped.Add(problem, worker.Name);
            }
            else
            {
                eligible.Add((member.Position, worker));
            }
        }

        Skipped = skipped.ToList();
    }

    /// <summary>Workers of the pool that may not be drawn.</summary>
    internal IReadOnlyList<SkippedWorkers> Skipped { get; }

    /// <summary>Draws the next worker for a new key; null when none is eligible.</summary>
    internal WorkerDraw? Next(LeaseKey key)
    {
        if (eligible.Count == 0)
        {
            return null;
        }

        PoolCursor? before = cursor;
        int index = before is null ? 0 : FirstAfter(before.Position);
        if (before is not null && eligible.Count > 1 && index < eligible.Count && eligible[index].Worker.Id == before.Worker)
        {
            // It left and joined again, at a later place: the others come first.
            index++;
        }

        bool wraps = index == eligible.Count;
        (long position, WorkerRecord worker) = eligible[wraps ? 0 : index];
        cursor = new(worker.Id, worker.Name, position);
        return new(key, pool.Id, pool.Name, worker.Id, worker.Name, before, cursor, Skipped, Reason(before, wraps, worker));
    }

    private string Reason(PoolCursor? before, bool wraps, WorkerRecord worker)
    {
        string turn = before is null
            ? $"first draw of this runbook from pool {pool.Name}"
            : $"next after {before.WorkerName}{(members.Contains(before.Worker) ? "" : ", which has left,")} in pool {pool.Name}"
                + (wraps ? ", from its start again" : "");
        return eligibility.WouldBeChecked(worker) ? $"{turn}; its health is unknown: it would be checked" : turn;
    }

    private int FirstAfter(long position)
    {
        int low = 0;
        int high = eligible.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (eligible[middle].Position > position)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
