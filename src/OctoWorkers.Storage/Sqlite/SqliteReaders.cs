using System.Collections.Concurrent;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>Connections that only read, each seeing one snapshot at a time; they neither wait for the writer nor hold it up.</summary>
/// <param name="source">The store's file, as SQLite is to open it.</param>
/// <param name="path">The store's file, for messages.</param>
internal sealed class SqliteReaders(string source, string path) : IDisposable
{
    private const int MaxIdle = 4;

    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool disposed;

    /// <summary>Reads a snapshot, on the caller's thread: it is a matter of microseconds, and of milliseconds for the largest lists.</summary>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(Read(read));
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(SqliteFailure.Translate(exception, path));
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out SqliteSession? session))
        {
            session.Dispose();
        }
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
        if (!idle.TryTake(out SqliteSession? session))
        {
            session = SqliteSession.Open(source, forWriting: false);
        }

        bool usable = false;
        try
        {
            session.Execute("BEGIN");
            try
            {
                return read(session);
            }
            finally
            {
                session.RollBack();
                usable = true;
            }
        }
        finally
        {
            if (usable && !disposed && idle.Count < MaxIdle)
            {
                idle.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }
}
