using System.Text;
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

    [Fact]
    public async Task GivenAStoreOfTheThirdVersion_WhenOpened_ThenItsRunsStandInTheQueueAndAwaitedChildrenAreKnown()
    {
        await using SqliteStoreFactory factory = new();
        Directory.CreateDirectory(factory.Folder);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using (SqliteConnection connection = new($"Data Source={factory.File};Pooling=False"))
        {
            connection.Open();
            for (int version = 1; version <= 3; version++)
            {
                using Stream schema = typeof(SqliteStore).Assembly.GetManifestResourceStream($"Schema.{version}.sql")!;
                using StreamReader reader = new(schema);
                Run(connection, await reader.ReadToEndAsync(cancel));
            }

            Run(
                connection,
                """
                PRAGMA application_id = 0x4F63576B; PRAGMA user_version = 3;
                INSERT INTO meta VALUES ('key', '0123456789abcdef');
                INSERT INTO pools (name, name_key, description, is_default) VALUES ('Default Worker Pool', 'DEFAULT WORKER POOL', '', 1);
                INSERT INTO runs (id, runbook, runbook_name, runbook_key, environment, environment_name, environment_key, status, created, created_by, parent,
                    waiting_for, fencing_token)
                VALUES (1, 1, 'A', 'A', 1, 'E', 'E', 'Executing', 1, 'ada', NULL, 'words', 1), (2, 1, 'B', 'B', 1, 'E', 'E', 'Queued', 1, 'ada', 1, 'words', 1),
                    (3, 1, 'C', 'C', 1, 'E', 'E', 'Queued', 1, 'ada', 1, NULL, 1);
                INSERT INTO run_requests VALUES (1, '{}'), (2, '{"parentWaits":true}'), (3, '{"parentWaits":false}');
                """);
        }

        SqliteStore store = await factory.OpenSqliteAsync();
        IReadOnlyList<RunSummary> runs = await store.GetRunsAsync(new(), cancel);
        Wait wait = Assert.Single(runs[^1].Waits);
        Assert.Equal((WaitKind.ChildRun, "RunbookRuns-2 (B in E)"), (wait.Kind, wait.What));
        Assert.Equal([(new(2), RunPriority.Normal), (new RunId(3), RunPriority.Normal)], (await store.GetRunsAsync(new() { InQueueOrder = true }, cancel)).Select(run => (run.Id, run.Priority)));
        WorkerPoolRecord pool = Assert.Single(await store.GetPoolsAsync(cancel));
        Assert.Equal((PoolPolicy.RoundRobin, null), (pool.Policy, pool.MaxSteps));
    }

    [Fact]
    public async Task GivenAStoreOfTheSeventhVersion_WhenOpened_ThenItsLogIsReadAndGoesOn()
    {
        await using SqliteStoreFactory factory = new();
        Directory.CreateDirectory(factory.Folder);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using (SqliteConnection connection = new($"Data Source={factory.File};Pooling=False"))
        {
            connection.Open();
            for (int version = 1; version <= 7; version++)
            {
                using Stream schema = typeof(SqliteStore).Assembly.GetManifestResourceStream($"Schema.{version}.sql")!;
                using StreamReader reader = new(schema);
                Run(connection, await reader.ReadToEndAsync(cancel));
            }

            Run(
                connection,
                """
                PRAGMA application_id = 0x4F63576B; PRAGMA user_version = 7;
                INSERT INTO meta VALUES ('key', '0123456789abcdef');
                INSERT INTO runs (id, runbook, runbook_name, runbook_key, environment, environment_name, environment_key, status, created, created_by, fencing_token)
                VALUES (1, 1, 'A', 'A', 1, 'E', 'E', 'Executing', 1, 'ada', 1);
                INSERT INTO log_chunks (run, first_cursor, line_count, step, attempt, first_number, at, level, continues, text)
                VALUES (1, 1, 2, 1, 1, 1, 0, 'Information', 0, x'6f6e650a74776f0a');
                """);
        }

        SqliteStore store = await factory.OpenSqliteAsync();
        string text = string.Concat(Enumerable.Range(0, 10_000).Select(number => $"line {number}\n"));
        await store.CommitAsync(new(new(1), 1) { Log = [new(0, 1, 1, 3, 10_000, default, LogLevel.Information, false, Encoding.UTF8.GetBytes(text))] }, cancel);
        IReadOnlyList<LogChunk> log = await store.GetLogAsync(new(1), 0, null, int.MaxValue, cancel);
        Assert.Equal(["one\ntwo\n", text], log.Select(chunk => Encoding.UTF8.GetString(chunk.Text.Span)));
        Assert.Equal([1, 3], log.Select(chunk => chunk.FirstCursor));
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
