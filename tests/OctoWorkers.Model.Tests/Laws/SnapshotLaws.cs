using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>What holds at every moment: each query finds who breaks a rule then.</summary>
internal static class SnapshotLaws
{
    private const string Runs = "'RunbookRuns-' || r.id";

    private static readonly string[] Queries =
    [
        "SELECT 'RunbookRuns-' || coalesce(run, 0) || ' ' || data FROM witness WHERE kind = 'broken'",
        $"SELECT {Runs} || ' has ended and has a lease on ' || l.worker_name FROM leases l JOIN runs r ON r.id = l.run WHERE r.ended IS NOT NULL",
        $"SELECT {Runs} || ' has ended and stands at the lock of ' || l.machine FROM machine_locks l JOIN runs r ON r.id = l.run WHERE r.ended IS NOT NULL",
        $"SELECT {Runs} || ' has ended and has a place on worker ' || p.worker FROM places p JOIN runs r ON r.id = p.run WHERE r.ended IS NOT NULL",
        $"SELECT {Runs} || ' has ended and has a task slot, or stands in line for one' FROM runs r WHERE r.ended IS NOT NULL AND (r.slot_machine IS NOT NULL OR r.wants_slot IS NOT NULL)",
        $"SELECT {Runs} || ' has ended and still reads output' FROM output_cursors o JOIN runs r ON r.id = o.run WHERE r.ended IS NOT NULL",
        $"SELECT {Runs} || ' has ended and is asked to cancel' FROM cancel_requests c JOIN runs r ON r.id = c.run WHERE r.ended IS NOT NULL",
        $"SELECT {Runs} || ' has ended and waits for a person' FROM interruptions i JOIN runs r ON r.id = i.run WHERE r.ended IS NOT NULL AND i.ended IS NULL",
        Waiting("r.slot_machine IS NOT NULL", "a task slot"),
        Waiting("EXISTS (SELECT 1 FROM leases l WHERE l.run = r.id)", "a lease"),
        Waiting("EXISTS (SELECT 1 FROM places p WHERE p.run = r.id)", "a place"),
        Waiting("EXISTS (SELECT 1 FROM machine_locks l WHERE l.run = r.id AND l.held = 1)", "a lock"),
        """
        SELECT count(*) || ' runs that have begun hold slots, and the highest cap was ' || cap
        FROM runs, (SELECT max(cap) AS cap FROM (
            SELECT CAST(value AS INTEGER) AS cap FROM settings WHERE name = 'taskCap' UNION ALL SELECT CAST(data AS INTEGER) FROM witness WHERE kind = 'cap'))
        WHERE slot_machine IS NOT NULL AND status <> 'Queued' AND ended IS NULL
        GROUP BY cap HAVING count(*) > cap
        """,
        """
        SELECT 'RunbookRuns-' || a.id || ' and RunbookRuns-' || b.id || ' of one tag are both under way' FROM runs a JOIN runs b ON b.id > a.id
        WHERE upper(a.concurrency_tag) = upper(b.concurrency_tag) AND a.status IN ('Executing', 'Cancelling') AND b.status IN ('Executing', 'Cancelling')
        """,
        """
        SELECT a.machine || ' is held by ' || a.holder || ' (' || a.mode || ') and ' || b.holder || ' (' || b.mode || ')' FROM machine_locks a JOIN machine_locks b
        ON b.machine = a.machine AND b.holder <> a.holder WHERE a.held = 1 AND b.held = 1 AND a.mode = 'Write'
        """,
        "SELECT 'The journal of RunbookRuns-' || run || ' has a gap' FROM run_events GROUP BY run HAVING min(seq) <> 1 OR max(seq) <> count(*)",
        """
        SELECT 'The log of RunbookRuns-' || run || ' has a gap before line ' || first_cursor FROM (
            SELECT run, first_cursor, 1 - line_count + sum(line_count) OVER (PARTITION BY run ORDER BY first_cursor) AS expected FROM log_chunks)
        WHERE first_cursor <> expected
        """,
        """
        SELECT 'The log of RunbookRuns-' || run || ', step ' || step || ', attempt ' || attempt || ' has a gap before line ' || first_number FROM (
            SELECT *, 1 - line_count + sum(line_count) OVER (PARTITION BY run, step, attempt ORDER BY first_cursor) AS expected FROM log_chunks)
        WHERE first_number <> expected
        """,
    ];

    /// <summary>Looks at the store.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static void Verify(ModelWorld world)
    {
        // What has not changed since the last look is as it was.
        long version = world.Observer.Version;
        if (version != world.Observer.Seen && world.Observer.At(Queries) is { Count: > 0 } broken)
        {
            throw new LawBrokenException(string.Join('\n', broken));
        }

        world.Observer.Seen = version;

        if (world.Fleet.Notes is { Count: > 0 } notes)
        {
            throw new LawBrokenException(string.Join('\n', notes));
        }
    }

    private static string Waiting(string condition, string what)
        => $"""
            SELECT {Runs} || ' waits for a person and holds {what}' FROM runs r
            WHERE {condition} AND EXISTS (SELECT 1 FROM interruptions i WHERE i.run = r.id AND i.ended IS NULL AND i.answer IS NULL)
            """;
}
