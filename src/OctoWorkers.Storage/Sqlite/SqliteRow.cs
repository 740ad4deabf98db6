using System.Text;
using SQLitePCL;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>The row that a query stands at.</summary>
/// <param name="statement">The query.</param>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    internal bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    internal long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    internal int GetInt32(int column) => checked((int)GetInt64(column));

    /// <summary>The text, which may hold NUL.</summary>
    internal string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    internal byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    internal string? OptionalText(int column) => IsNull(column) ? null : GetString(column);

    internal long? OptionalNumber(int column) => IsNull(column) ? null : GetInt64(column);

    internal DateTimeOffset Time(int column) => new(GetInt64(column), TimeSpan.Zero);

    internal DateTimeOffset? OptionalTime(int column) => IsNull(column) ? null : Time(column);
}
