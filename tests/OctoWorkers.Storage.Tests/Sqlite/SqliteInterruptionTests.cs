using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class SqliteInterruptionTests : InterruptionContract<SqliteStoreFactory>;
