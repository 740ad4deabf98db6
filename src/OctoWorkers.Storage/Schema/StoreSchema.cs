using System.Security.Cryptography;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Schema;

/// <summary>The versions of the store's tables. Each has a file of SQL that makes it from the one before.</summary>
internal static class StoreSchema
{
    /// <summary>The version that this program writes.</summary>
    internal const long Version = 10;

    /// <summary>"OcWk": marks a SQLite file as a store.</summary>
    internal const long ApplicationId = 0x4F63576B;

    /// <summary>Brings an empty or older file to <see cref="Version"/>, whole or not at all; other processes wait meanwhile.</summary>
    internal static void Migrate(SqliteSession session)
    {
        session.Execute("BEGIN EXCLUSIVE");
        try
        {
            // Another process may have done it while this one waited.
            long version = session.Scalar("PRAGMA user_version");
            for (long next = version + 1; next <= Version; next++)
            {
                session.Run(ReadStep(next));
                if (next == 1)
                {
                    Fill(session);
                }
            }

            session.Run($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Math.Max(version, Version)};");
            session.Execute("COMMIT");
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }

    private static void Fill(SqliteSession session)
    {
        session.Execute("INSERT INTO meta (name, value) VALUES ('key', ?1)", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        session.Execute(
            "INSERT INTO pools (name, name_key, description, is_default) VALUES (?1, ?2, '', 1)",
            WorkerPoolDefinition.DefaultName,
            NameKey.Of(WorkerPoolDefinition.DefaultName));
    }

    private static string ReadStep(long version)
    {
        using Stream stream = typeof(StoreSchema).Assembly.GetManifestResourceStream($"Schema.{version}.sql")
            ?? throw new InvalidOperationException($"The program lacks the tables of version {version}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
