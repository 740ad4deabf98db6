using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OctoWorkers.Storage.Sqlite;

/// <summary>The one place where errors of SQLite become errors of the engine.</summary>
internal static class SqliteFailure
{
    /// <summary>The error that callers see. What is not SQLite's passes unchanged.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="path">The store's file.</param>
    internal static Exception Translate(Exception exception, string path)
    {
        if (exception is not SqliteException { SqliteErrorCode: int code, SqliteExtendedErrorCode: int extended } failure)
        {
            return exception;
        }

        string found = $"{failure.Message.TrimEnd('.')} (code {extended})";
        (EngineError error, string message) = code switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (
                EngineError.StoreBusy,
                $"The store '{path}' was locked by another process for {SqliteSession.BusySeconds} seconds. See what else works on it, then try again."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => (
                EngineError.StoreReadOnly,
                $"The store '{path}' cannot be written: {found}. Give this user the right to write the file and its folder, or use another store."),
            raw.SQLITE_FULL => (EngineError.StoreFull, Full(path, found)),
            raw.SQLITE_IOERR => extended switch
            {
                raw.SQLITE_IOERR_SHORT_READ => (EngineError.StoreCorrupt, Corrupt(path, found)),
                raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_ACCESS or raw.SQLITE_IOERR_NOMEM => (EngineError.StoreUnavailable, Unavailable(path, found)),
                _ => (EngineError.StoreFull, Full(path, found)),
            },
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => (EngineError.StoreCorrupt, Corrupt(path, found)),
            raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL => (EngineError.StoreUnavailable, Unavailable(path, found)),
            _ => (EngineError.UnexpectedFailure, $"The store '{path}' refused a statement: {found}. This is a bug; please report it."),
        };
        return new OctoWorkersException(error, message, path, exception);
    }

    private static string Full(string path, string found)
        => $"The store '{path}' could not be written: {found}. Make room on its disk; nothing that was stored before is lost.";

    private static string Corrupt(string path, string found)
        => $"The store '{path}' is damaged or is not a store: {found}. Restore it from a backup, or move it away to begin a new one.";

    private static string Unavailable(string path, string found)
        => $"The store '{path}' cannot be opened: {found}. See that the folder exists and that this user may read it.";
}
