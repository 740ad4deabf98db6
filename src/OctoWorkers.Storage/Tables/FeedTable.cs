using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Feeds of packages, without the built-in one.</summary>
internal static class FeedTable
{
    internal static IReadOnlyList<FeedRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, name, path, description FROM feeds ORDER BY id",
            static row => new FeedRecord(new(row.GetInt64(0)), row.GetString(1), row.GetString(2), row.GetString(3)));

    internal static FeedRecord Put(SqliteSession session, FeedDefinition feed, bool mustBeNew)
    {
        if (mustBeNew && Find(session, feed.Name) != 0)
        {
            throw Missing.NotNew("feed", feed.Name);
        }

        session.Execute(
            """
            INSERT INTO feeds (name, name_key, path, description) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, path = excluded.path, description = excluded.description
            """,
            feed.Name, NameKey.Of(feed.Name), feed.Path, feed.Description);
        return new(new(Find(session, feed.Name)), feed.Name, feed.Path, feed.Description);
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Find(session, name);
        if (id == 0)
        {
            throw Missing.Named(EngineError.FeedNotFound, "feed", name, session.Query("SELECT name FROM feeds ORDER BY id", static row => row.GetString(0)));
        }

        InUse.ThrowIfAny("feed", name, RunbookTable.All(session)
            .SelectMany(runbook => runbook.Definition.Steps
                .Where(step => step.Packages.Any(package => EntityName.Comparer.Equals(package.Feed, name)))
                .Select(step => $"step '{step.Name}' of runbook '{runbook.Definition.Name}'")));
        session.Execute("DELETE FROM known_packages WHERE feed = ?1", id);
        session.Execute("DELETE FROM feeds WHERE id = ?1", id);
    }

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM feeds WHERE name_key = ?1), 0)", NameKey.Of(name));
}
