using OctoWorkers.Engine.Queue;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Waits that would last for ever: a run in the queue waits for the runs that carry its tag, and a parent for its child.</summary>
/// <remarks>
/// Waits for slots, locks and places close no circle, because of the order in which a step takes them: the run's slot, the lock of its worker, a place there, and then it
/// begins. Who has a place has begun, and a step that has begun waits for nothing of these. Who has a lock and has not begun waits for a place at most. Who waits for
/// a slot has neither lock nor place but those of steps that have begun; a parent that only waits for children gives its slot back.
/// </remarks>
internal static class WaitCycles
{
    /// <summary>Throws when a run that stands in line waits for one that waits for it.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WaitCycle"/>: the message names the circle.</exception>
    internal static void Refuse(SqliteSession session, RunId run)
    {
        if (TagOf(session, run) is not { } tag
            || WaitGraph.FindCycle(run, waiting => [.. Holders(session, waiting), .. Children(session, waiting)]) is not { } cycle)
        {
            return;
        }

        IEnumerable<string> links = cycle.Select((waiting, place) => Link(session, waiting, cycle[(place + 1) % cycle.Count]));
        throw new OctoWorkersException(
            EngineError.WaitCycle,
            $"{run} would wait for ever: {string.Join("; ", links)}. Give one of them another concurrency tag than '{tag}', or do not wait for the run.",
            run);
    }

    /// <summary>The runs that keep a queued run from beginning, because they carry its tag.</summary>
    internal static List<RunId> Holders(SqliteSession session, RunId run)
        => TagOf(session, run) is { } tag && session.Text("SELECT status FROM runs WHERE id = ?1", run.Number) == nameof(RunStatus.Queued)
            ? Holders(session, run, tag)
            : [];

    /// <summary>The runs with a tag that have begun, or are about to, save one.</summary>
    internal static List<RunId> Holders(SqliteSession session, RunId except, string tag)
        => [.. session.Query(
            """
            SELECT id, concurrency_tag FROM runs
            WHERE concurrency_tag IS NOT NULL AND ended IS NULL AND (slot_machine IS NOT NULL OR status <> 'Queued') AND id <> ?1 ORDER BY started, id
            """,
            static row => (Run: new RunId(row.GetInt64(0)), Tag: row.GetString(1)),
            except.Number).Where(found => EntityName.Comparer.Equals(found.Tag, tag)).Select(found => found.Run)];

    private static List<RunId> Children(SqliteSession session, RunId run)
        => session.Query(
            "SELECT id FROM runs WHERE parent = ?1 AND parent_waits = 1 AND ended IS NULL ORDER BY id", static row => new RunId(row.GetInt64(0)), run.Number);

    private static string? TagOf(SqliteSession session, RunId run) => session.Text("SELECT concurrency_tag FROM runs WHERE id = ?1", run.Number);

    private static string Link(SqliteSession session, RunId waiting, RunId next)
        => Children(session, waiting).Contains(next)
            ? $"{waiting} waits for {next}, which it started"
            : $"{waiting} waits for {next}, which carries the same concurrency tag '{TagOf(session, next)}'";
}
