using OctoWorkers.Engine.Locks;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>The locks of machines: who holds them, and who stands in line for them.</summary>
internal static class LockTable
{
    private const string Columns = "l.id, l.machine, l.machine_name, l.holder, l.run, l.step, l.acquires, l.mode, l.held, l.since, coalesce(r.owner, CASE WHEN l.run IS NULL THEN l.owner END), l.of_step";

    internal static IReadOnlyList<MachineLock> All(SqliteSession session)
        => [.. session.Query($"SELECT {Columns} FROM machine_locks l LEFT JOIN runs r ON r.id = l.run ORDER BY l.machine, l.id", Read).Select(row => row.Lock)];

    /// <summary>Those whom somebody in line waits for; null when that is not known without asking for the lock.</summary>
    internal static IReadOnlyList<MachineLock>? Before(SqliteSession session, LockRequest request, Func<EngineId, bool> isAlive)
    {
        List<Row> queue = Queue(session, request.Machine);
        Row? mine = Find(queue, request);
        if (mine is null || mine.Lock.IsHeld || mine.Lock.Mode != request.Mode || queue.Any(row => IsOrphan(row, isAlive)))
        {
            return null;
        }

        IReadOnlyList<MachineLock> before = Before(queue, mine, isAlive);
        return before.Count == 0 ? null : before;
    }

    internal static IReadOnlyList<MachineLock> Take(SqliteSession session, LockRequest request, Func<EngineId, bool> isAlive)
    {
        if (request.Run is { } run)
        {
            RunTable.GetFenced(session, run, request.FencingToken);
            RunTable.RequireUnended(session, run, "gets no lock");
            if (RunTable.AwaitsPerson(session, run))
            {
                throw new OctoWorkersException(EngineError.InvalidRunState, $"{run} waits for a person, and holds no lock before the person has answered.", run);
            }
        }

        foreach (Row orphan in Queue(session, request.Machine).Where(row => IsOrphan(row, isAlive)))
        {
            session.Execute("DELETE FROM machine_locks WHERE id = ?1", orphan.Number);
        }

        Row? mine = Find(Queue(session, request.Machine), request);
        if (mine is not null && mine.Lock.Mode != request.Mode)
        {
            // Another wish is another place in the line.
            session.Execute("DELETE FROM machine_locks WHERE id = ?1", mine.Number);
            mine = null;
        }

        if (mine is { Lock.IsHeld: true })
        {
            return [];
        }

        if (mine is null)
        {
            session.Execute(
                """
                INSERT INTO machine_locks (machine, machine_name, holder, run, owner, step, acquires, mode, held, since, of_step)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10)
                """,
                request.Machine, request.MachineName, request.Holder, request.Run?.Number, request.Owner.ToString(), (long)request.Step,
                request.AcquiresPackages ? 1L : 0L, EnumText<LockMode>.Write(request.Mode), request.At.Stored(), (long?)request.OfStep);
        }

        List<Row> queue = Queue(session, request.Machine);
        mine = Find(queue, request)!;
        IReadOnlyList<MachineLock> before = Before(queue, mine, isAlive);
        if (before.Count == 0)
        {
            session.Execute("UPDATE machine_locks SET held = 1, since = ?2 WHERE id = ?1", mine.Number, request.At.Stored());
        }

        return before;
    }

    /// <summary>Takes a lock that nobody is in the way of, whether those are alive or not.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/>.</exception>
    internal static void TakeAtOnce(SqliteSession session, LockRequest request)
    {
        int taken = session.Execute(
            """
            INSERT INTO machine_locks (machine, machine_name, holder, run, owner, step, acquires, mode, held, since, of_step)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, ?11
            WHERE NOT EXISTS (
                SELECT 1 FROM machine_locks WHERE machine = ?1 AND (holder = ?3 AND step = ?6 AND acquires = ?7 OR holder <> ?3 AND (mode = ?10 OR ?8 = ?10)))
            """,
            request.Machine, request.MachineName, request.Holder, request.Run?.Number, request.Owner.ToString(), (long)request.Step,
            request.AcquiresPackages ? 1L : 0L, EnumText<LockMode>.Write(request.Mode), request.At.Stored(), EnumText<LockMode>.Write(LockMode.Write),
            (long?)request.OfStep);
        if (taken == 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"Machine '{request.MachineName}' is locked, or somebody waits to have it for itself; wait for its lock first.", request.MachineName);
        }
    }

    /// <summary>Gives a lock back. A former owner of the run gives nothing back: what is there under the same name is its successor's.</summary>
    internal static void Release(SqliteSession session, LockRequest request)
        => session.Execute(
            """
            DELETE FROM machine_locks WHERE machine = ?1 AND holder = ?2 AND step = ?3 AND acquires = ?4 AND begun = 0
                AND (run IS NULL OR run IN (SELECT id FROM runs WHERE id = ?5 AND fencing_token = ?6))
            """,
            request.Machine, request.Holder, (long)request.Step, request.AcquiresPackages ? 1L : 0L, request.Run?.Number, request.FencingToken);

    /// <summary>The step that a lock is for has begun: the lock ends with the attempt.</summary>
    internal static void Begin(SqliteSession session, RunId run, int step)
        => session.Execute("UPDATE machine_locks SET begun = 1 WHERE run = ?1 AND step = ?2 AND acquires = 0 AND held = 1", run.Number, (long)step);

    internal static void End(SqliteSession session, RunId run, int step)
        => session.Execute("DELETE FROM machine_locks WHERE run = ?1 AND step = ?2 AND acquires = 0", run.Number, (long)step);

    internal static void End(SqliteSession session, RunId run) => session.Execute("DELETE FROM machine_locks WHERE run = ?1", run.Number);

    /// <summary>A new owner asks anew for what has not begun.</summary>
    internal static void GiveUpAll(SqliteSession session, RunId run)
        => session.Execute("DELETE FROM machine_locks WHERE run = ?1 AND begun = 0", run.Number);

    private static IReadOnlyList<MachineLock> Before(List<Row> queue, Row mine, Func<EngineId, bool> isAlive)
    {
        Dictionary<long, MachineLock> locks = queue.ToDictionary(row => row.Number, row => row.Lock);
        LockEntry entry = Entry(mine, isAlive);
        return [.. LockOrder.Before(queue.Select(row => Entry(row, isAlive)), entry).Select(before => locks[before.Number])];
    }

    private static LockEntry Entry(Row row, Func<EngineId, bool> isAlive)
        => new(row.Number, row.Holder, row.Lock.Mode, row.Lock.IsHeld, row.Lock.IsHeld || (row.Owner is { } owner && isAlive(owner)));

    // Held by a process outside of runs that has died.
    private static bool IsOrphan(Row row, Func<EngineId, bool> isAlive) => row.Lock.Run is null && !(row.Owner is { } owner && isAlive(owner));

    private static List<Row> Queue(SqliteSession session, string machine)
        => session.Query($"SELECT {Columns} FROM machine_locks l LEFT JOIN runs r ON r.id = l.run WHERE l.machine = ?1 ORDER BY l.id", Read, machine);

    private static Row? Find(List<Row> queue, LockRequest request)
        => queue.FirstOrDefault(row => row.Holder == request.Holder && row.Step == request.Step && row.Lock.AcquiresPackages == request.AcquiresPackages);

    private static Row Read(SqliteRow row)
        => new(
            row.GetInt64(0),
            row.GetString(3),
            row.OptionalText(10) is { } owner ? new EngineId(owner) : null,
            row.GetInt32(5),
            new(
                row.GetString(1), row.GetString(2), row.OptionalNumber(4) is { } run ? new RunId(run) : null, checked((int?)row.OptionalNumber(11)) ?? row.GetInt32(5), row.GetInt32(6) == 1,
                EnumText<LockMode>.Read(row.GetString(7)), row.GetInt32(8) == 1, row.Time(9)));

    private sealed record Row(long Number, string Holder, EngineId? Owner, int Step, MachineLock Lock);
}
