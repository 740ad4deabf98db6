namespace OctoWorkers.Engine.Planning;

/// <summary>
/// The draws of one plan from one pool: each takes the next eligible worker by place in the pool, or, where the pool's policy says so, the next one of
/// those with the fewest leases, and moves the cursor. A place outlives its worker, so
/// workers may come and go between plans without anybody losing a turn.
/// </summary>
internal sealed class PoolDraw
{
    private readonly WorkerPoolRecord pool;
    private readonly WorkerEligibility eligibility;
    private readonly LeaseCounts leases;
    private readonly List<(long Position, WorkerRecord Worker)> eligible = [];
    private readonly HashSet<WorkerId> members = [];
    private readonly List<(Ineligibility Problem, string Name)> unfit = [];
    private readonly Dictionary<string, Meeting> meetings = new(StringComparer.Ordinal);
    private PoolCursor? cursor;

    internal PoolDraw(
        WorkerPoolRecord pool, IReadOnlyDictionary<WorkerId, WorkerRecord> workers, PoolCursor? cursor, WorkerEligibility eligibility, LeaseCounts leases)
    {
        this.leases = leases;
        this.pool = pool;
        this.cursor = cursor;
        this.eligibility = eligibility;
        foreach (PoolMember member in pool.Members.OrderBy(member => member.Position))
        {
            members.Add(member.Worker);
            if (!workers.TryGetValue(member.Worker, out WorkerRecord? worker))
            {
                unfit.Add((new("no longer registered"), member.Worker.ToString()));
            }
            else if (eligibility.Problem(worker) is { } problem)
            {
                unfit.Add((problem, worker.Name));
            }
            else
            {
                eligible.Add((member.Position, worker));
            }
        }
    }

    /// <summary>Workers of the pool that may not be drawn for some demands.</summary>
    internal IReadOnlyList<SkippedWorkers> Skipped(IReadOnlyList<CapabilityDemand> demands) => Meet(demands).Skipped;

    /// <summary>Whether a worker that may be drawn meets all demands.</summary>
    internal bool CanMeet(IReadOnlyList<CapabilityDemand> demands) => Meet(demands).Workers.Count > 0;

    /// <summary>The workers that may be drawn and meet all demands, in pool order.</summary>
    internal IReadOnlyList<WorkerRecord> Eligible(IReadOnlyList<CapabilityDemand> demands) => [.. Meet(demands).Workers.Select(member => member.Worker)];

    /// <summary>Draws the next worker for a new key; null when none is eligible.</summary>
    internal WorkerDraw? Next(LeaseKey key, IReadOnlyList<CapabilityDemand> demands)
    {
        Meeting meeting = Meet(demands);
        List<(long Position, WorkerRecord Worker)> able = meeting.Workers;
        if (able.Count == 0)
        {
            return null;
        }

        if (pool.Policy == PoolPolicy.LeastLeases)
        {
            int fewest = able.Min(member => leases.Of(member.Worker));
            able = [.. able.Where(member => leases.Of(member.Worker) == fewest)];
        }

        PoolCursor? before = cursor;
        int index = before is null ? 0 : FirstAfter(able, before.Position);
        if (before is not null && able.Count > 1 && index < able.Count && able[index].Worker.Id == before.Worker)
        {
            // It left and joined again, at a later place: the others come first.
            index++;
        }

        bool wraps = index == able.Count;
        (long position, WorkerRecord worker) = able[wraps ? 0 : index];
        cursor = new(worker.Id, worker.Name, position);
        string reason = Reason(before, wraps, worker, demands);
        leases.Add(worker);
        return new(key, pool.Id, pool.Name, worker.Id, worker.Name, before, cursor, meeting.Skipped, reason) { Demands = demands };
    }

    // Kept, because most steps of a plan demand the same.
    private Meeting Meet(IReadOnlyList<CapabilityDemand> demands)
    {
        string key = string.Join('\n', demands);
        if (!meetings.TryGetValue(key, out Meeting? meeting))
        {
            List<(long Position, WorkerRecord Worker)> able = [];
            SkippedGroups skipped = new();
            foreach ((long position, WorkerRecord worker) in eligible)
            {
                if (eligibility.Unmet(worker, demands) is { } unmet)
                {
                    skipped.Add(unmet, worker.Name);
                }
                else
                {
                    able.Add((position, worker));
                }
            }

            foreach ((Ineligibility problem, string name) in unfit)
            {
                skipped.Add(problem, name);
            }

            meetings.Add(key, meeting = new(able, skipped.ToList()));
        }

        return meeting;
    }

    private string Reason(PoolCursor? before, bool wraps, WorkerRecord worker, IReadOnlyList<CapabilityDemand> demands)
    {
        string turn = before is null
            ? $"first draw of this runbook from pool {pool.Name}"
            : $"next after {before.WorkerName}{(members.Contains(before.Worker) ? "" : ", which has left,")} in pool {pool.Name}"
                + (wraps ? ", from its start again" : "");
        if (pool.Policy == PoolPolicy.LeastLeases)
        {
            int count = leases.Of(worker);
            turn = $"fewest leases ({count}); {turn}";
        }

        return eligibility.WouldBeChecked(worker) ? $"{turn}; its health is unknown{(worker.Health.CheckedAt is null ? "" : ", since its last check is too old")}: it would be checked"
            : eligibility.CapabilitiesWouldBeChecked(worker, demands) ? $"{turn}; what it has is unknown: it would be checked"
            : turn;
    }

    private static int FirstAfter(List<(long Position, WorkerRecord Worker)> eligible, long position)
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

    private sealed record Meeting(List<(long Position, WorkerRecord Worker)> Workers, IReadOnlyList<SkippedWorkers> Skipped);
}
