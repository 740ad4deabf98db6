using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Settings that were set.</summary>
internal static class SettingTable
{
    /// <summary>The setting that keeps the built-in worker from standing in for an empty default pool, when it is <c>false</c>.</summary>
    internal const string BuiltInWorker = "builtInWorker";

    internal static IReadOnlyDictionary<string, string> All(SqliteSession session)
    {
        Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
        session.Each(
            "SELECT name, value FROM settings",
            row =>
            {
                settings.Add(row.GetString(0), row.GetString(1));
                return true;
            });
        return settings;
    }

    internal static void Set(SqliteSession session, string name, string? value)
    {
        if (value is null)
        {
            session.Execute("DELETE FROM settings WHERE name = ?1", name);
        }
        else
        {
            session.Execute("INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
        }
    }

    internal static bool BuiltInWorkerEnabled(SqliteSession session)
        => !bool.TryParse(session.Text("SELECT value FROM settings WHERE name = ?1", BuiltInWorker), out bool enabled) || enabled;
}
