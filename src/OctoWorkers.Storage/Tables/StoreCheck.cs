using Microsoft.Data.Sqlite;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Looks for damage: what SQLite finds in its file, and what cannot be in a store.</summary>
internal static class StoreCheck
{
    private static readonly string[] OfRuns = ["run_events", "run_requests", "log_chunks", "output_cursors", "cancel_requests"];

    // Each finds what is wrong, one text a row.
    private static readonly string[] Rules =
    [
        "SELECT 'There are ' || count(*) || ' default worker pools instead of one.' FROM pools WHERE is_default = 1 HAVING count(*) <> 1",
        "SELECT 'There is no variable set of the name Default.' WHERE NOT EXISTS (SELECT 1 FROM variable_sets WHERE name_key = 'DEFAULT')",
        "SELECT 'There is no machine policy of the name Default Machine Policy.' WHERE NOT EXISTS (SELECT 1 FROM machine_policies WHERE name_key = 'DEFAULT MACHINE POLICY')",
        """
        SELECT 'Worker ''' || name || ''' has machine policy ' || policy || ', which is missing.' FROM workers
        WHERE policy IS NOT NULL AND policy NOT IN (SELECT id FROM machine_policies)
        """,
        "SELECT 'Worker ''' || name || ''' is in no pool.' FROM workers WHERE environments IS NULL AND id NOT IN (SELECT worker FROM pool_members)",
        """
        SELECT 'Place ' || position || ' is of worker ' || worker || ' in pool ' || pool || ', and one of the two is missing.' FROM pool_members
        WHERE worker NOT IN (SELECT id FROM workers) OR pool NOT IN (SELECT id FROM pools)
        """,
        """
        SELECT 'RunbookRuns-' || run || ' holds worker ''' || worker_name || ''', but has ended or is missing.' FROM leases
        WHERE run NOT IN (SELECT id FROM runs WHERE ended IS NULL)
        """,
        "SELECT 'RunbookRuns-' || id || ' has no request.' FROM runs WHERE id NOT IN (SELECT run FROM run_requests)",
        """
        SELECT 'RunbookRuns-' || id || ' is ' || status || CASE WHEN ended IS NULL THEN ' without' ELSE ' with' END || ' a time of its end.' FROM runs
        WHERE (status IN ('Success', 'Failed', 'Canceled', 'TimedOut')) <> (ended IS NOT NULL)
        """,
        "SELECT 'RunbookRuns-' || id || ' has ended and still holds a task slot.' FROM runs WHERE ended IS NOT NULL AND slot_machine IS NOT NULL",
        "SELECT 'RunbookRuns-' || id || ' has ended and still stands in line.' FROM runs WHERE ended IS NOT NULL AND wants_slot IS NOT NULL",
        """
        SELECT 'RunbookRuns-' || run || ' has a place for step ' || step || ', but has ended or is missing.' FROM places
        WHERE run NOT IN (SELECT id FROM runs WHERE ended IS NULL)
        """,
        """
        SELECT 'The journal of RunbookRuns-' || run || ' has gaps: ' || count(*) || ' events, the last is number ' || max(seq) || '.' FROM run_events
        GROUP BY run HAVING count(*) <> max(seq)
        """,
        """
        SELECT 'The log of RunbookRuns-' || run || ' goes from line ' || expected || ' to line ' || first_cursor || '.' FROM (
            SELECT run, first_cursor, lag(first_cursor + line_count, 1, 1) OVER (PARTITION BY run ORDER BY first_cursor) AS expected FROM log_chunks)
        WHERE first_cursor <> expected
        """,
    ];

    /// <param name="session">The store.</param>
    /// <param name="path">The store's file, for messages.</param>
    /// <param name="isThorough">Whether every entry of every index is looked at too.</param>
    internal static IReadOnlyList<string> Run(SqliteSession session, string path, bool isThorough = false)
    {
        List<string> found = [];
        Try(() => found.AddRange(session.Query(isThorough ? "PRAGMA integrity_check" : "PRAGMA quick_check", static row => row.GetString(0)).Where(line => line != "ok")));
        foreach (string rule in Rules)
        {
            Try(() => found.AddRange(session.Query(rule, static row => row.GetString(0))));
        }

        foreach (string table in OfRuns)
        {
            Try(() => found.AddRange(session.Query(
                $"SELECT 'RunbookRuns-' || run || ' is missing, and {table} has ' || count(*) || ' rows of it.' FROM {table} WHERE run NOT IN (SELECT id FROM runs) GROUP BY run",
                static row => row.GetString(0))));
        }

        if (isThorough)
        {
            Try(() => found.AddRange(LogTable.Damaged(session)));
        }

        Try(() => EnvironmentTable.All(session));
        Try(() => MachinePolicyTable.All(session));
        Try(() => WorkerTable.All(session));
        Try(() => RunbookTable.All(session));
        Try(() => VariableSetTable.All(session));
        Try(() => TenantTable.All(session));
        Try(() => ScriptModuleTable.All(session));
        Try(() => RunTable.Unfinished(session));
        return found;

        void Try(Action look)
        {
            try
            {
                look();
            }
            catch (Exception exception) when (exception is SqliteException or OctoWorkersException)
            {
                found.Add(SqliteFailure.Translate(exception, path).Message);
            }
        }
    }
}
