using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OctoWorkers.Storage.Schema;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>The store's file: making, finding out what it is, bringing it to this version.</summary>
internal static class StoreFile
{
    /// <summary>The name of the file in the store's folder.</summary>
    internal const string Name = "octoworkers.db";

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder and an empty file, for nobody but this user, where they are missing.</summary>
    /// <returns>The file's path.</returns>
    internal static string Create(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (File.Exists(path))
        {
            return path;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OnlyOwner | UnixFileMode.UserExecute);
            }

            FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OnlyOwner;
            }

            using FileStream file = new(path, options);
            return path;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            EngineError error = exception is UnauthorizedAccessException || exception.Message.Contains("Read-only", StringComparison.Ordinal)
                ? EngineError.StoreReadOnly
                : EngineError.StoreUnavailable;
            throw new OctoWorkersException(
                error,
                Directory.Exists(folder)
                    ? $"The store '{path}' can be neither opened nor made: {exception.Message} Give this user the right to read and write its folder, or choose another."
                    : $"No store can be made at '{path}': {exception.Message} Choose a folder that this user can write.",
                path,
                exception);
        }
    }

    /// <summary>Opens the file for writing, or for reading only when that is all there is, and brings it to this version.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">How SQLite is to open it from now on.</param>
    /// <param name="key">The store's key.</param>
    internal static SqliteSession Open(string path, out string source, out string key)
    {
        try
        {
            source = path;
            SqliteSession session = SqliteSession.Open(path, forWriting: true);
            try
            {
                key = Prepare(session, path);
                return session;
            }
            catch (SqliteException exception) when (session.IsReadOnly && CanBeReadAsItIs(exception, path))
            {
                session.Dispose();

                // A folder that cannot be written has no room for the index of the log of changes; without pending changes none is needed.
                source = new Uri(path).AbsoluteUri + "?immutable=1";
                session = SqliteSession.Open(source, forWriting: false);
                key = Prepare(session, path);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, path);
        }
    }

    private static bool CanBeReadAsItIs(SqliteException exception, string path)
        => exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY
        && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 };

    private static string Prepare(SqliteSession session, string path)
    {
        long application = session.Scalar("PRAGMA application_id");
        long version = session.Scalar("PRAGMA user_version");
        bool isEmpty = application == 0 && version == 0 && session.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != StoreSchema.ApplicationId && !isEmpty)
        {
            // Another process may have made the tables between the two questions.
            application = session.Scalar("PRAGMA application_id");
            version = session.Scalar("PRAGMA user_version");
            if (application != StoreSchema.ApplicationId)
            {
                throw new OctoWorkersException(
                    EngineError.StoreCorrupt, $"'{path}' is a database of another program, not a store. Use another folder for the store.", path);
            }
        }

        if (version > StoreSchema.Version)
        {
            throw new OctoWorkersException(
                EngineError.StoreTooNew,
                $"The store '{path}' has version {version}, and this program knows versions up to {StoreSchema.Version}. Use the newer program for it.",
                path);
        }

        if (session.IsReadOnly)
        {
            if (version < StoreSchema.Version)
            {
                throw new OctoWorkersException(
                    EngineError.StoreReadOnly,
                    $"The store '{path}' has version {version}; it must be brought to version {StoreSchema.Version}, but cannot be written. "
                    + "Open it once as a user who can write it.",
                    path);
            }

            return ReadKey(session, path);
        }

        session.Execute("PRAGMA synchronous = NORMAL");
        if (isEmpty)
        {
            // Logs are long values, and half as many pages of twice the size take half as many system calls. A store keeps the size it was made with.
            session.Execute("PRAGMA page_size = 8192");
        }

        UseWriteAheadLog(session, path);
        if (version < StoreSchema.Version)
        {
            StoreSchema.Migrate(session);
        }

        // Another connection carries the log of changes over before it comes to that; afterwards it is cut back to this size.
        session.Execute($"PRAGMA wal_autocheckpoint = {SqliteCheckpointer.MostPages}");
        session.Execute("PRAGMA journal_size_limit = 67108864");
        return ReadKey(session, path);
    }

    // Two processes that do this to a new file at once: SQLite tells one of them so at once instead of letting it wait.
    private static void UseWriteAheadLog(SqliteSession session, string path)
    {
        long start = Stopwatch.GetTimestamp();
        using ManualResetEventSlim never = new();
        while (true)
        {
            try
            {
                // SQLite answers with the mode that it has now, and it is no error when that is another one.
                string? mode = session.Text("PRAGMA journal_mode = WAL");
                if (mode == "wal")
                {
                    return;
                }

                throw new OctoWorkersException(
                    EngineError.StoreUnavailable,
                    $"The store '{path}' cannot keep a write-ahead log: its journal mode stays '{mode}'. Several processes cannot share it so; put it on a "
                    + "local file system.",
                    path);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY
                && Stopwatch.GetElapsedTime(start).TotalSeconds < SqliteSession.BusySeconds)
            {
                never.Wait(TimeSpan.FromMilliseconds(2));
            }
        }
    }

    private static string ReadKey(SqliteSession session, string path)
        => session.Text("SELECT value FROM meta WHERE name = 'key'")
        ?? throw new OctoWorkersException(
            EngineError.StoreCorrupt, $"The store '{path}' has lost its key. Restore it from a backup, or move it away to begin a new one.", path);
}
