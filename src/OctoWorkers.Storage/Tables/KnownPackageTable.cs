using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>What the bytes of packages were when they were last looked at.</summary>
internal static class KnownPackageTable
{
    internal static KnownPackage? Get(SqliteSession session, FeedId feed, string packageId, PackageVersion version)
        => session.Query(
            "SELECT hash, size, modified FROM known_packages WHERE feed = ?1 AND id_key = ?2 AND version_key = ?3",
            static row => new KnownPackage(row.GetString(0), row.GetInt64(1), row.Time(2)),
            feed.Number, NameKey.Of(packageId), version.Key) is [KnownPackage known] ? known : null;

    internal static void Set(SqliteSession session, FeedId feed, string packageId, PackageVersion version, KnownPackage known)
        => session.Execute(
            """
            INSERT OR REPLACE INTO known_packages (feed, id_key, version_key, hash, size, modified)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?1 = 0 OR EXISTS (SELECT 1 FROM feeds WHERE id = ?1)
            """,
            feed.Number, NameKey.Of(packageId), version.Key, known.Hash, known.Size, known.Modified.Stored());
}
