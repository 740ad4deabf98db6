using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>What is still to be removed from workers.</summary>
internal static class CleanupTable
{
    internal static void Add(SqliteSession session, PendingCleanup cleanup)
    {
        string? known = session.Text(
            "SELECT tickets FROM pending_cleanups WHERE worker = ?1 AND run = ?2", cleanup.Worker.Number, cleanup.Run.Number);
        IEnumerable<string> tickets = known is null ? cleanup.Tickets : TextsJson.Read(known).Union(cleanup.Tickets, StringComparer.Ordinal);
        session.Execute(
            "INSERT OR REPLACE INTO pending_cleanups (worker, run, tickets) VALUES (?1, ?2, ?3)",
            cleanup.Worker.Number,
            cleanup.Run.Number,
            TextsJson.Write(tickets));
    }

    internal static IReadOnlyList<PendingCleanup> All(SqliteSession session)
        => session.Query(
            "SELECT worker, run, tickets FROM pending_cleanups ORDER BY worker, run",
            static row => new PendingCleanup(new(row.GetInt64(0)), new(row.GetInt64(1)), TextsJson.Read(row.GetString(2))));

    internal static void Clear(SqliteSession session, PendingCleanup cleanup)
        => session.Execute("DELETE FROM pending_cleanups WHERE worker = ?1 AND run = ?2", cleanup.Worker.Number, cleanup.Run.Number);
}
