using OctoWorkers.Engine.Queue;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>
/// The line for task slots, and which machine's slot a run holds. Runs whose process died hold theirs until somebody takes them over, save those that
/// had not begun: these hold up nobody.
/// </summary>
internal static class QueueTable
{
    private const string Order = "queue_top DESC, priority DESC, id";
    private const string Queued = "'Queued'";

    internal static bool HoldsSlot(SqliteSession session, RunId run, long fencingToken, string machine)
        => session.Text("SELECT slot_machine FROM runs WHERE id = ?1", RunTable.GetFenced(session, run, fencingToken).Id.Number) == machine;

    internal static bool TryTake(
        SqliteSession session, RunId run, long fencingToken, string machine, int cap, DateTimeOffset at, Func<EngineId, bool> isAlive)
    {
        if (HoldsSlot(session, run, fencingToken, machine) && !RunTable.GetState(session, run).HasEnded)
        {
            return true;
        }

        Enter(session, run, fencingToken, machine, at);
        if (!Next(session, machine, cap, isAlive, asking: run).Contains(run))
        {
            return false;
        }

        Give(session, run, machine);
        return true;
    }

    internal static void Enter(SqliteSession session, RunId run, long fencingToken, string machine, DateTimeOffset at)
    {
        RunRecord found = RunTable.GetFenced(session, run, fencingToken);
        if (found.HasEnded)
        {
            throw new OctoWorkersException(EngineError.InvalidRunState, $"{run} is {found.Status}; a run that has ended gets no task slot.", run);
        }

        if (found.Status == RunStatus.Queued)
        {
            // One that has begun holds its tag already; whoever waits for that is refused when it enters the line.
            WaitCycles.Refuse(session, run);
        }

        session.Execute(
            "UPDATE runs SET wants_slot = ?2, wants_since = CASE WHEN wants_slot IS NULL THEN ?3 ELSE wants_since END WHERE id = ?1",
            run.Number,
            machine,
            at.Stored());
    }

    internal static RunId? NextOf(SqliteSession session, EngineId owner, string machine, int cap, Func<EngineId, bool> isAlive)
    {
        foreach (RunId next in Next(session, machine, cap, engine => engine == owner || isAlive(engine), asking: null))
        {
            if (session.Text("SELECT owner FROM runs WHERE id = ?1", next.Number) == owner.Value)
            {
                return next;
            }
        }

        return null;
    }

    internal static RunId? TakeNext(SqliteSession session, EngineId owner, string machine, int cap, Func<EngineId, bool> isAlive)
    {
        RunId? next = NextOf(session, owner, machine, cap, isAlive);
        if (next is { } run)
        {
            Give(session, run, machine);
        }

        return next;
    }

    /// <summary>Whoever holds a slot and has not begun is passed over where its process is taken for dead: one that lives nevertheless begins only while its tag is still free.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/>: another run of the tag has begun.</exception>
    internal static void RequireFreeTag(SqliteSession session, RunId run)
    {
        string? tag = session.Query("SELECT concurrency_tag FROM runs WHERE id = ?1", static row => row.OptionalText(0), run.Number).Single();
        if (tag is null)
        {
            return;
        }

        List<(RunId Run, string Tag)> begun = session.Query(
            $"SELECT id, concurrency_tag FROM runs WHERE concurrency_tag IS NOT NULL AND ended IS NULL AND status <> {Queued} AND id <> ?1",
            static row => (new RunId(row.GetInt64(0)), row.GetString(1)),
            run.Number);
        if (begun.Find(other => string.Equals(other.Tag, tag, StringComparison.OrdinalIgnoreCase)) is { Tag: not null } found)
        {
            throw new OctoWorkersException(EngineError.InUse, $"{run} cannot begin: {found.Run} has its concurrency tag '{found.Tag}'. It waits for that again.", run);
        }
    }

    /// <summary>Gives the slot back, and leaves the line.</summary>
    internal static void Release(SqliteSession session, RunId run)
        => session.Execute(
            """
            UPDATE runs SET slot_machine = NULL, wants_slot = NULL, wants_since = NULL
            WHERE id = ?1 AND (slot_machine IS NOT NULL OR wants_slot IS NOT NULL)
            """,
            run.Number);

    internal static void MoveToTop(SqliteSession session, RunId run)
    {
        RequireQueued(session, run, "moved to the top of the queue");
        session.Execute("UPDATE runs SET queue_top = 1 + (SELECT max(queue_top) FROM runs WHERE ended IS NULL) WHERE id = ?1", run.Number);
    }

    internal static void SetPriority(SqliteSession session, RunId run, RunPriority priority)
    {
        RequireQueued(session, run, "given another priority");
        session.Execute("UPDATE runs SET priority = ?2 WHERE id = ?1", run.Number, (long)priority);
    }

    /// <summary>Those who hold a slot of a machine.</summary>
    internal static List<RunId> Holders(SqliteSession session, string machine)
        => session.Query(
            "SELECT id FROM runs WHERE slot_machine = ?1 AND ended IS NULL ORDER BY started, id", static row => new RunId(row.GetInt64(0)), machine);

    private static void Give(SqliteSession session, RunId run, string machine)
        => session.Execute("UPDATE runs SET slot_machine = ?2, wants_slot = NULL, wants_since = NULL WHERE id = ?1", run.Number, machine);

    private static IEnumerable<RunId> Next(SqliteSession session, string machine, int cap, Func<EngineId, bool> isAlive, RunId? asking)
    {
        long free = cap - CountTaken(session, machine, isAlive);
        if (free <= 0)
        {
            return [];
        }

        List<QueuedRun> line = session.Query(
            $"SELECT id, status <> {Queued}, owner, concurrency_tag FROM runs WHERE wants_slot = ?1 AND slot_machine IS NULL AND ended IS NULL ORDER BY {Order}",
            row => new QueuedRun(
                new(row.GetInt64(0)),
                row.GetInt64(1) != 0,
                asking?.Number == row.GetInt64(0) || (row.OptionalText(2) is { } owner && isAlive(new(owner))),
                row.OptionalText(3)),
            machine);
        return QueueOrder.Next(line, free, PauseTable.Get(session) is not null, TagsInUse(session, isAlive));
    }

    private static int CountTaken(SqliteSession session, string machine, Func<EngineId, bool> isAlive)
        => session.Query(
            $"SELECT status = {Queued}, owner FROM runs WHERE slot_machine = ?1 AND ended IS NULL",
            row => Counts(row.GetInt64(0) != 0, row.OptionalText(1), isAlive),
            machine).Count(counts => counts);

    private static List<string> TagsInUse(SqliteSession session, Func<EngineId, bool> isAlive)
        => [.. session.Query(
            $"""
            SELECT concurrency_tag, status = {Queued}, owner FROM runs
            WHERE concurrency_tag IS NOT NULL AND ended IS NULL AND (slot_machine IS NOT NULL OR status <> {Queued})
            """,
            row => (Tag: row.GetString(0), Counts: Counts(row.GetInt64(1) != 0, row.OptionalText(2), isAlive)))
            .Where(found => found.Counts).Select(found => found.Tag)];

    private static bool Counts(bool isQueued, string? owner, Func<EngineId, bool> isAlive)
        => !isQueued || owner is null || isAlive(new(owner));

    private static void RequireQueued(SqliteSession session, RunId run, string what)
    {
        RunRecord found = RunTable.GetState(session, run);
        if (found.Status != RunStatus.Queued)
        {
            throw new OctoWorkersException(
                EngineError.InvalidRunState, $"{run} is {found.Status} and cannot be {what}: only a run that has not begun is in the queue.", run);
        }
    }
}
