using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>
/// One connection with its prepared statements, used by one thread at a time. Parameters are named <c>?1</c>, <c>?2</c> … in the order of their values.
/// It speaks to SQLite itself: the ADO.NET provider takes 25 ms of a command's start to read its own connection string.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How long a locked store is waited for.</summary>
    internal const int BusySeconds = 30;

    private readonly sqlite3 connection;
    private readonly Dictionary<string, sqlite3_stmt> statements = new(StringComparer.Ordinal);
    private bool disposed;

    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(sqlite3 connection) => this.connection = connection;

    /// <summary>Whether a transaction is open. SQLite ends it by itself after some errors.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(connection) == 0;

    /// <summary>Whether SQLite opened the file for reading only, asked or not.</summary>
    internal bool IsReadOnly => raw.sqlite3_db_readonly(connection, "main") != 0;

    /// <summary>The number of the row inserted last.</summary>
    internal long LastId => raw.sqlite3_last_insert_rowid(connection);

    /// <summary>How many pages this connection has written since it was opened.</summary>
    internal int PagesWritten
    {
        get
        {
            raw.sqlite3_db_status(connection, raw.SQLITE_DBSTATUS_CACHE_WRITE, out int pages, out _, 0);
            return pages;
        }
    }

    /// <summary>Opens a file that exists.</summary>
    /// <param name="source">Its path, or a <c>file:</c> address.</param>
    /// <param name="forWriting">Whether it is to be written, if it can be.</param>
    internal static SqliteSession Open(string source, bool forWriting)
    {
        int flags = (forWriting ? raw.SQLITE_OPEN_READWRITE : raw.SQLITE_OPEN_READONLY) | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX;
        int code = raw.sqlite3_open_v2(source, out sqlite3 connection, flags, null);
        SqliteSession session = new(connection);
        try
        {
            session.Require(code);
            raw.sqlite3_extended_result_codes(connection, 1);
            raw.sqlite3_busy_timeout(connection, BusySeconds * 1000);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements once, without keeping them prepared.</summary>
    internal void Run(string sql) => Require(raw.sqlite3_exec(connection, sql));

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed, if it is one that changes rows.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        Each(sql, static _ => true, values);
        return raw.sqlite3_changes(connection);
    }

    /// <summary>The one number that a query gives.</summary>
    internal long Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        long result = 0;
        Each(
            sql,
            row =>
            {
                result = row.GetInt64(0);
                return false;
            },
            values);
        return result;
    }

    /// <summary>The first text of the first row; null when there is no row or no text.</summary>
    internal string? Text(string sql, params ReadOnlySpan<object?> values)
    {
        string? result = null;
        Each(
            sql,
            row =>
            {
                result = row.OptionalText(0);
                return false;
            },
            values);
        return result;
    }

    /// <summary>All rows.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        Each(
            sql,
            row =>
            {
                rows.Add(read(row));
                return true;
            },
            values);
        return rows;
    }

    /// <summary>Rows, until one is enough.</summary>
    internal void Each(string sql, Func<SqliteRow, bool> goesOn, params ReadOnlySpan<object?> values)
    {
        sqlite3_stmt statement = Prepare(sql);
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                Require(Bind(statement, i + 1, values[i]));
            }

            int code;
            do
            {
                code = raw.sqlite3_step(statement);
            }
            while (code == raw.SQLITE_ROW && goesOn(new(statement)));
            Require(code);
        }
        finally
        {
            // What it returns is the error of the last step, which was reported already.
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Makes a function of one text known to statements of this connection; what it throws ends the statement.</summary>
    internal void Define(string name, Func<string, string> function)
        => Require(raw.sqlite3_create_function(
            connection,
            name,
            1,
            null,
            (context, _, values) =>
            {
                try
                {
                    raw.sqlite3_result_text(context, function(Encoding.UTF8.GetString(raw.sqlite3_value_blob(values[0]))));
                }
                catch (Exception exception)
                {
                    raw.sqlite3_result_error(context, exception.Message);
                }
            }));

    /// <summary>Makes the statement that runs now fail with SQLITE_INTERRUPT. The one member that another thread may call.</summary>
    internal void Interrupt() => raw.sqlite3_interrupt(connection);

    /// <summary>Undoes the open transaction, where SQLite has not done so already.</summary>
    internal void RollBack()
    {
        if (InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        foreach (sqlite3_stmt statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private static int Bind(sqlite3_stmt statement, int place, object? value)
        => value switch
        {
            null => raw.sqlite3_bind_null(statement, place),
            string { Length: 0 } => raw.sqlite3_bind_text(statement, place, ""),
            string text => raw.sqlite3_bind_text(statement, place, Encoding.UTF8.GetBytes(text).AsSpan()),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes.AsSpan()),
            ReadOnlyMemory<byte> { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
            ReadOnlyMemory<byte> bytes => raw.sqlite3_bind_blob(statement, place, bytes.Span),
            long number => raw.sqlite3_bind_int64(statement, place, number),
            int number => raw.sqlite3_bind_int64(statement, place, number),
            bool truth => raw.sqlite3_bind_int64(statement, place, truth ? 1 : 0),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "The store has no form for this type."),
        };

    private sqlite3_stmt Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out sqlite3_stmt? statement))
        {
            Require(raw.sqlite3_prepare_v2(connection, sql, out statement));
            statements.Add(sql, statement);
        }

        return statement;
    }

    private void Require(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), code & 0xff, code);
        }
    }
}
