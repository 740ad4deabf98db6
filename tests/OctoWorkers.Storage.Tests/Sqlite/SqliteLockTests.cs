using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class SqliteLockTests : LockContract<SqliteStoreFactory>;
