using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>The pause of the queue.</summary>
internal static class PauseTable
{
    internal static QueuePause? Get(SqliteSession session)
        => session.Query(
            "SELECT by, reason, since FROM queue_pause", static row => new QueuePause(row.GetString(0), row.GetString(1), row.Time(2))) is [QueuePause pause]
            ? pause
            : null;

    /// <summary>Pauses it; who pauses it again and says no reason leaves whose it was, and the first reason.</summary>
    internal static void Set(SqliteSession session, QueuePause pause)
        => session.Execute(
            """
            INSERT INTO queue_pause (id, by, reason, since) VALUES (1, ?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET by = excluded.by, reason = excluded.reason WHERE excluded.reason <> ''
            """,
            pause.By,
            pause.Reason,
            pause.Since.Stored());

    internal static bool Clear(SqliteSession session) => session.Execute("DELETE FROM queue_pause") > 0;
}
