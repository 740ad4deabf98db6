using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>
/// One connection with its prepared commands, used by one thread at a time. Parameters are named <c>$1</c>, <c>$2</c> … in the order of their values.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How long a locked store is waited for.</summary>
    internal const int BusySeconds = 30;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>Whether a transaction is open. SQLite ends it by itself after some errors.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Whether SQLite opened the file for reading only, asked or not.</summary>
    internal bool IsReadOnly => raw.sqlite3_db_readonly(connection.Handle, "main") != 0;

    /// <summary>The number of the row inserted last.</summary>
    internal long LastId => raw.sqlite3_last_insert_rowid(connection.Handle);

    /// <summary>Opens a file that exists.</summary>
    /// <param name="source">Its path, or a <c>file:</c> address.</param>
    /// <param name="mode">How.</param>
    internal static SqliteSession Open(string source, SqliteOpenMode mode)
    {
        SqliteConnectionStringBuilder options = new()
        {
            DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds,
        };
        SqliteConnection connection = new(options.ToString());
        try
        {
            connection.Open();

            // Without it the provider would sleep 150 ms whenever another process is in the middle of a commit.
            raw.sqlite3_busy_timeout(connection.Handle, BusySeconds * 1000);
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements once, without keeping them prepared.</summary>
    internal void Run(string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The one number that a query gives.</summary>
    internal long Scalar(string sql, params ReadOnlySpan<object?> values)
        => Convert.ToInt64(Prepare(sql, values).ExecuteScalar(), CultureInfo.InvariantCulture);

    /// <summary>The first text of the first row; null when there is no row or no text.</summary>
    internal string? Text(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar() as string;

    /// <summary>All rows.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        using SqliteDataReader reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Rows, until one is enough.</summary>
    internal void Each(string sql, Func<SqliteDataReader, bool> goesOn, params ReadOnlySpan<object?> values)
    {
        using SqliteDataReader reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read() && goesOn(reader))
        {
        }
    }

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
        foreach (SqliteCommand command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the program's own.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (int i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
            }

            commands.Add(sql, command);
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
