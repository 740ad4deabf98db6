using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class SqliteTargetTests : TargetContract<SqliteStoreFactory>;
