using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Logs;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Logs in chunks, and where the reading of the output that they come from stands.</summary>
internal static class LogTable
{
    internal static void Add(SqliteSession session, RunId run, IReadOnlyList<StoredChunk> chunks, IReadOnlyList<OutputCursor> cursors)
    {
        long cursor = chunks.Count == 0 ? 0 : NextCursor(session, run);
        foreach ((LogChunk chunk, byte[]? packed) in chunks)
        {
            session.Execute(
                """
                INSERT INTO log_chunks (run, first_cursor, line_count, step, attempt, first_number, at, level, continues, text, unpacked)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                """,
                run.Number,
                cursor,
                chunk.LineCount,
                chunk.Step,
                chunk.Attempt,
                chunk.FirstNumber,
                chunk.At.Stored(),
                EnumText<LogLevel>.Write(chunk.Level),
                chunk.Continues,
                packed is null ? chunk.Text : packed,
                packed is null ? (object?)null : chunk.Text.Length);
            cursor += chunk.LineCount;
        }

        foreach (OutputCursor stand in cursors)
        {
            session.Execute(
                """
                INSERT OR REPLACE INTO output_cursors (run, step, attempt, out_offset, error_offset, next_line,
                    out_level, out_continues, out_is_text, out_masked, error_level, error_continues, error_is_text, error_masked)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                """,
                run.Number,
                stand.Step,
                stand.Attempt,
                stand.Offsets.Out,
                stand.Offsets.Error,
                stand.NextLine,
                EnumText<StreamLevel>.Write(stand.Out.Level),
                stand.Out.Continues,
                stand.Out.IsText,
                stand.Out.Masked,
                EnumText<StreamLevel>.Write(stand.Error.Level),
                stand.Error.Continues,
                stand.Error.IsText,
                stand.Error.Masked);
        }
    }

    internal static IReadOnlyList<OutputCursor> Cursors(SqliteSession session, RunId run)
        => session.Query(
            """
            SELECT step, attempt, out_offset, error_offset, next_line,
                out_level, out_continues, out_is_text, out_masked, error_level, error_continues, error_is_text, error_masked
            FROM output_cursors WHERE run = ?1 ORDER BY step, attempt
            """,
            static row => new OutputCursor(
                row.GetInt32(0), row.GetInt32(1), new(row.GetInt64(2), row.GetInt64(3)), row.GetInt64(4), State(row, 5), State(row, 9)),
            run.Number);

    internal static void ForgetCursors(SqliteSession session, RunId run) => session.Execute("DELETE FROM output_cursors WHERE run = ?1", run.Number);

    internal static IReadOnlyList<LogChunk> Read(SqliteSession session, RunId run, long after, int? step, int maxBytes)
    {
        List<LogChunk> chunks = [];
        long left = maxBytes;
        session.Each(
            """
            SELECT first_cursor, step, attempt, first_number, line_count, at, level, continues, text, unpacked FROM log_chunks
            WHERE run = ?1
                AND first_cursor >= coalesce((SELECT max(first_cursor) FROM log_chunks WHERE run = ?1 AND first_cursor <= ?2), 0)
                AND first_cursor + line_count - 1 > ?2
                AND (?3 IS NULL OR step = ?3)
            ORDER BY first_cursor
            """,
            row =>
            {
                LogChunk chunk = new(
                    row.GetInt64(0),
                    row.GetInt32(1),
                    row.GetInt32(2),
                    row.GetInt64(3),
                    row.GetInt32(4),
                    row.Time(5),
                    EnumText<LogLevel>.Read(row.GetString(6)),
                    row.GetInt64(7) != 0,
                    Text(row, 8));
                chunks.Add(chunk);
                left -= chunk.Text.Length;
                return left > 0;
            },
            run.Number,
            after,
            step);
        return chunks;
    }

    /// <summary>Which runs have pieces that cannot be unpacked.</summary>
    internal static IReadOnlyList<string> Damaged(SqliteSession session)
        => [.. session.Query(
            "SELECT text, unpacked, run FROM log_chunks WHERE unpacked IS NOT NULL",
            static row =>
            {
                try
                {
                    Text(row, 0);
                    return null;
                }
                catch (OctoWorkersException)
                {
                    return $"The log of {new RunId(row.GetInt64(2))} has a piece that cannot be unpacked.";
                }
            }).OfType<string>()];

    private static byte[] Text(SqliteRow row, int column)
        => row.OptionalNumber(column + 1) is { } length ? PackedText.Unpack(row.Bytes(column), length) : row.Bytes(column);

    // Given here, inside the transaction, so that whoever reads by cursor never misses a line that is stored later under a lower one.
    private static long NextCursor(SqliteSession session, RunId run)
        => session.Query(
            "SELECT first_cursor + line_count FROM log_chunks WHERE run = $1 ORDER BY first_cursor DESC LIMIT 1", static row => row.GetInt64(0), run.Number)
            is [long next] ? next : 1;

    private static StreamState State(SqliteRow row, int first)
        => new(EnumText<StreamLevel>.Read(row.GetString(first)), row.GetInt64(first + 1) != 0, row.GetInt64(first + 2) != 0, row.GetInt32(first + 3));
}
