namespace OctoWorkers.Storage.Sqlite;

/// <summary>The form in which times are stored.</summary>
internal static class StoredTime
{
    internal static object Stored(this DateTimeOffset time) => time.UtcTicks;

    internal static object? Stored(this DateTimeOffset? time) => time?.UtcTicks;
}
