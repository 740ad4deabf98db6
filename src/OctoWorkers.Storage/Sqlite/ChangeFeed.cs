using Microsoft.Data.Sqlite;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>
/// Tells when the store may have changed. SQLite counts the commits of all other connections for each connection (<c>data_version</c>); asking takes
/// microseconds, so the count is asked for every 10 ms while somebody waits, and at once when this process has committed.
/// </summary>
/// <param name="source">The store's file, as SQLite is to open it.</param>
/// <param name="path">The store's file, for messages.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeFeed(string source, string path, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private SqliteSession? session;
    private long version;
    private long mark = 1;
    private bool disposed;
    private TaskCompletionSource signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes those who wait in this process.</summary>
    internal void Signal()
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            woken = signal;
            signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        woken.TrySetResult();
    }

    /// <summary>Waits until the mark is no longer the one that was seen, or for the longest wait.</summary>
    /// <returns>The mark now.</returns>
    internal async Task<long> WaitAsync(long seen, TimeSpan longest, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long now, Task signaled) = Look();
            TimeSpan left = longest - time.GetElapsedTime(start);
            if (now != seen || left <= TimeSpan.Zero)
            {
                return now;
            }

            using CancellationTokenSource pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task delay = Task.Delay(left < Interval ? left : Interval, time, pause.Token);
            await Task.WhenAny(signaled, delay).ConfigureAwait(false);
            await pause.CancelAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            session?.Dispose();
        }

        Signal();
    }

    private (long Mark, Task Signaled) Look()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
            try
            {
                session ??= SqliteSession.Open(source, forWriting: false);
                long found = session.Scalar("PRAGMA data_version");
                if (found != version)
                {
                    version = found;
                    mark++;
                }
            }
            catch (SqliteException exception)
            {
                throw SqliteFailure.Translate(exception, path);
            }

            return (mark, signal.Task);
        }
    }
}
