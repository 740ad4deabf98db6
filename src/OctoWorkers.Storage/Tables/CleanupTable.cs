using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>What is still to be removed from workers.</summary>
internal static class CleanupTable
{
    // A worker that was removed meanwhile is never contacted again; the built-in one is in no table.
    private const string OfWorkerThatIsThere = "(worker = 0 OR worker IN (SELECT id FROM workers))";

    internal static void Add(SqliteSession session, PendingCleanup cleanup)
    {
        string? known = session.Text(
            "SELECT tickets FROM pending_cleanups WHERE worker = ?1 AND run = ?2", cleanup.Worker.Number, cleanup.Run.Number);
        IEnumerable<string> tickets = known is null ? cleanup.Tickets : TextsJson.Read(known).Union(cleanup.Tickets, StringComparer.Ordinal);
        Put(session, cleanup with { Tickets = [.. tickets] });
    }

    internal static IReadOnlyList<PendingCleanup> All(SqliteSession session)
        => session.Query(
            $"SELECT worker, run, tickets FROM pending_cleanups WHERE {OfWorkerThatIsThere} ORDER BY worker, run",
            static row => new PendingCleanup(new(row.GetInt64(0)), new(row.GetInt64(1)), TextsJson.Read(row.GetString(2))));

    /// <summary>Forgets what was done; tickets that were added since it was read stay.</summary>
    internal static void Clear(SqliteSession session, PendingCleanup cleanup)
    {
        string? known = session.Text(
            "SELECT tickets FROM pending_cleanups WHERE worker = ?1 AND run = ?2", cleanup.Worker.Number, cleanup.Run.Number);
        IReadOnlyList<string> added = known is null ? [] : [.. TextsJson.Read(known).Except(cleanup.Tickets, StringComparer.Ordinal)];
        if (added.Count > 0)
        {
            Put(session, cleanup with { Tickets = added });
        }
        else
        {
            session.Execute("DELETE FROM pending_cleanups WHERE worker = ?1 AND run = ?2", cleanup.Worker.Number, cleanup.Run.Number);
        }
    }

    private static void Put(SqliteSession session, PendingCleanup cleanup)
        => session.Execute(
            $"INSERT OR REPLACE INTO pending_cleanups (worker, run, tickets) SELECT worker, ?2, ?3 FROM (SELECT ?1 AS worker) WHERE {OfWorkerThatIsThere}",
            cleanup.Worker.Number,
            cleanup.Run.Number,
            TextsJson.Write(cleanup.Tickets));
}
