using Microsoft.Data.Sqlite;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Storage.Tests.Contract;
using Xunit;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class MigrationTests
{
    [Fact]
    public async Task GivenAStoreOfTheFirstVersion_WhenOpened_ThenOutputIsReadFromWhereItsUnfinishedLinesBegin()
    {
        await using SqliteStoreFactory factory = new();
        Directory.CreateDirectory(factory.Folder);
        using (SqliteConnection connection = new($"Data Source={factory.File};Pooling=False"))
        {
            connection.Open();
            using Stream schema = typeof(SqliteStore).Assembly.GetManifestResourceStream("Schema.1.sql")!;
            using StreamReader reader = new(schema);
            Run(connection, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            Run(
                connection,
                """
                PRAGMA application_id = 0x4F63576B; PRAGMA user_version = 1;
                INSERT INTO meta VALUES ('key', '0123456789abcdef');
                INSERT INTO pools (name, name_key, description, is_default) VALUES ('Default Worker Pool', 'DEFAULT WORKER POOL', '', 1);
                INSERT INTO output_cursors VALUES (1, 2, 1, 100, 50, 7, x'610d', x'');
                """);
        }

        SqliteStore store = await factory.OpenSqliteAsync();
        OutputCursor cursor = Assert.Single(await store.GetOutputCursorsAsync(new(1), TestContext.Current.CancellationToken));
        Assert.Equal(new(2, 1, new(98, 50), 7, new StreamState(StreamLevel.Default), default), cursor);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
