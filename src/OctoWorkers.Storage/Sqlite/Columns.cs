using Microsoft.Data.Sqlite;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>How columns are read, and how times are stored.</summary>
internal static class Columns
{
    internal static string? OptionalText(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    internal static long? OptionalNumber(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    internal static DateTimeOffset Time(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    internal static DateTimeOffset? OptionalTime(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    internal static byte[] Bytes(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    /// <summary>The form in which a time is stored.</summary>
    internal static object Stored(this DateTimeOffset time) => time.UtcTicks;

    /// <inheritdoc cref="Stored(DateTimeOffset)"/>
    internal static object? Stored(this DateTimeOffset? time) => time?.UtcTicks;
}
