using Microsoft.Data.Sqlite;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Backups;

/// <summary>
/// Writes the store's file anew without the pages that nothing uses; SQLite does it whole or not at all. What a restore left behind that died right after its
/// store was whole goes too.
/// </summary>
internal static class Compaction
{
    internal static StoreCompaction Run(string source, string path)
    {
        long before = Length(path);
        Require(path, before);
        try
        {
            using SqliteSession session = SqliteSession.Open(source, forWriting: true);
            session.Run("VACUUM");
            session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, path);
        }

        DeadDrafts.Remove(Path.GetDirectoryName(path)!);
        return new(before, Length(path));
    }

    private static long Length(string path)
        => new[] { path, path + "-wal" }.Select(name => new FileInfo(name)).Where(file => file.Exists).Sum(file => file.Length);

    // What is written anew stands beside the old for a while.
    private static void Require(string path, long length)
    {
        long free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        if (free < length)
        {
            throw new OctoWorkersException(
                EngineError.StoreFull, $"To compact the store '{path}' its disk needs {length >> 20} MiB free, and has {free >> 20} MiB. Make room first.", path);
        }
    }
}
