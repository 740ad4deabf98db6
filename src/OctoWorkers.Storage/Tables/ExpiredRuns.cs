using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>
/// Runs that a retention policy does not keep. Runs that steps created go with the run at their top, whatever their own kind is; one whose parent was removed by
/// hand is a top of its own.
/// </summary>
internal static class ExpiredRuns
{
    private const string Tops = """
        SELECT r.id FROM runs r
        WHERE r.runbook_key = ?1 AND r.environment_key = ?2 AND r.ended IS NOT NULL
            AND (r.parent IS NULL OR NOT EXISTS (SELECT 1 FROM runs p WHERE p.id = r.parent))
        """;

    internal static IReadOnlyList<RunKind> Kinds(SqliteSession session)
        => session.Query(
            "SELECT runbook_name, environment_name FROM runs WHERE ended IS NOT NULL GROUP BY runbook_key, environment_key",
            static row => new RunKind(row.GetString(0), row.GetString(1)));

    internal static IReadOnlyList<ExpiredRun> Find(SqliteSession session, RunKind kind, RetentionPolicy policy, DateTimeOffset now, int most)
    {
        if (policy.IsForever)
        {
            return [];
        }

        DateTimeOffset limit = now - TimeSpan.FromDays(policy.Days ?? 0);
        List<long> tops = policy.Runs is { } count
            ? session.Query($"{Tops} ORDER BY r.id DESC LIMIT -1 OFFSET ?3", Id, NameKey.Of(kind.Runbook), NameKey.Of(kind.Environment), count)
            : session.Query($"{Tops} AND r.ended < ?3 ORDER BY r.id DESC", Id, NameKey.Of(kind.Runbook), NameKey.Of(kind.Environment), limit.Stored());
        List<ExpiredRun> found = [];
        for (int i = tops.Count - 1; i >= 0 && found.Count < most; i--)
        {
            if (Family(session, tops[i]) is { } family && (policy.Days is null || family.Ended < limit))
            {
                found.Add(new(new(tops[i]), kind.Runbook, kind.Environment, family.Ended, family.Children, policy));
            }
        }

        return found;
    }

    /// <summary>Removes runs together. Those that are gone already do not matter.</summary>
    internal static IReadOnlyList<RunId> Remove(SqliteSession session, IReadOnlyList<RunId> runs)
    {
        List<RunId> removed = [];
        foreach (RunId run in runs)
        {
            if (session.Scalar("SELECT count(*) FROM runs WHERE id = ?1", run.Number) != 0)
            {
                RunTable.Remove(session, run);
                removed.Add(run);
            }
        }

        return removed;
    }

    // Null while one of them has not ended.
    private static (DateTimeOffset Ended, IReadOnlyList<RunId> Children)? Family(SqliteSession session, long top)
    {
        List<(long Id, DateTimeOffset? Ended)> members = session.Query(
            """
            WITH RECURSIVE family (id) AS (
                SELECT ?1 UNION SELECT r.id FROM family f JOIN runs r ON r.parent = f.id AND r.parent IS NOT NULL)
            SELECT r.id, r.ended FROM family f JOIN runs r ON r.id = f.id ORDER BY r.id
            """,
            static row => (row.GetInt64(0), row.OptionalTime(1)),
            top);
        return members.TrueForAll(member => member.Ended is not null)
            ? (members.Max(member => member.Ended!.Value), [.. members.Where(member => member.Id != top).Select(member => new RunId(member.Id))])
            : null;
    }

    private static long Id(SqliteRow row) => row.GetInt64(0);
}
