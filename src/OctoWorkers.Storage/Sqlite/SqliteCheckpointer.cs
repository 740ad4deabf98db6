using Microsoft.Data.Sqlite;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>
/// Carries the log of changes over into the store's file while the writer goes on: that waits for the disk twice. Without it the writer does so itself,
/// when the log has grown to <see cref="MostPages"/>.
/// </summary>
/// <param name="source">The store's file, as SQLite is to open it.</param>
internal sealed class SqliteCheckpointer(string source) : IAsyncDisposable
{
    /// <summary>Pages in the log of changes at which the writer carries them over itself, so that the log stays bounded.</summary>
    internal const int MostPages = 12_000;

    private const int Pages = 1_500;

    private SqliteSession? session;
    private Task running = Task.CompletedTask;
    private long carried;

    /// <summary>Hears of a commit. Only the writer's loop calls this.</summary>
    /// <param name="written">How many pages the writer has written since it began.</param>
    internal void Note(int written)
    {
        if (written - carried >= Pages && running.IsCompleted)
        {
            carried = written;
            running = Task.Run(CarryOver);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await running.ConfigureAwait(false);
        session?.Dispose();
    }

    private void CarryOver()
    {
        try
        {
            session ??= Open();
            session.Run("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // Nothing is lost by it: what is in the log stays there, and a disk that is full or broken fails the writer too, which says so.
        }
    }

    private SqliteSession Open()
    {
        SqliteSession opened = SqliteSession.Open(source, forWriting: true);
        try
        {
            opened.Run("PRAGMA synchronous = NORMAL");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
