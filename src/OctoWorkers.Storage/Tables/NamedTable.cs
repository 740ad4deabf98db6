using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>A table of named things that runs are for, and that definitions name: environments, tenants.</summary>
/// <param name="table">The table.</param>
/// <param name="what">What is in it, in words: "tenant".</param>
/// <param name="missing">The error when there is none of a name.</param>
internal sealed class NamedTable(string table, string what, EngineError missing)
{
    /// <summary>Adds a row, or changes the one of that name: its id stays.</summary>
    /// <returns>The row's id.</returns>
    internal long Put(SqliteSession session, string name, bool mustBeNew, params ReadOnlySpan<(string Column, string Value)> others)
    {
        if (mustBeNew && Find(session, name) != 0)
        {
            throw Missing.NotNew(what, name);
        }

        List<string> columns = ["name", "name_key"];
        List<object?> values = [name, NameKey.Of(name)];
        foreach ((string column, string value) in others)
        {
            columns.Add(column);
            values.Add(value);
        }

        session.Execute(
            $"""
            INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))})
            ON CONFLICT (name_key) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"))}
            """,
            [.. values]);
        return Find(session, name);
    }

    /// <summary>Removes a row that nothing uses.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="name">The name.</param>
    /// <param name="runColumn">The column of a run that has the id.</param>
    /// <param name="scoped">The names of such things in the scope of a value.</param>
    /// <param name="needed">The names of such things in a runbook, and where they are.</param>
    /// <exception cref="OctoWorkersException">There is none; or it is <see cref="EngineError.InUse"/>, by runs that have not ended or by definitions.</exception>
    internal void Remove(
        SqliteSession session, string name, string runColumn, Func<VariableScope, IReadOnlyList<string>> scoped,
        Func<RunbookDefinition, IEnumerable<(string Name, string Place)>> needed)
    {
        long id = Require(session, name);
        InUse.ThrowIfAny(what, name, session.Query($"SELECT id FROM runs WHERE {runColumn} = ?1 AND ended IS NULL ORDER BY id", static row => row.GetInt64(0), id));
        IReadOnlyList<RunbookRecord> runbooks = RunbookTable.All(session);
        IEnumerable<string> values = VariableSetTable.All(session).Select(set => (set.Definition.Variables, Owner: $"variable set '{set.Definition.Name}'"))
            .Concat(runbooks.Select(runbook => (runbook.Definition.Variables, Owner: $"runbook '{runbook.Definition.Name}'")))
            .SelectMany(owner => owner.Variables
                .Where(value => scoped(value.Scope).Contains(name, EntityName.Comparer))
                .Select(value => $"a value of variable '{value.Name}' in {owner.Owner}"));
        IEnumerable<string> users = runbooks.SelectMany(runbook => needed(runbook.Definition))
            .Where(need => EntityName.Comparer.Equals(need.Name, name))
            .Select(need => need.Place)
            .Distinct(StringComparer.Ordinal);
        InUse.ThrowIfAny(what, name, values.Concat(users));
        session.Execute($"DELETE FROM {table} WHERE id = ?1", id);
    }

    /// <summary>The id of a row.</summary>
    /// <exception cref="OctoWorkersException">There is none of that name.</exception>
    internal long Require(SqliteSession session, string name)
        => Find(session, name) is var id and not 0 ? id
            : throw Missing.Named(missing, what, name, session.Query($"SELECT name FROM {table} ORDER BY id", static row => row.GetString(0)));

    /// <summary>A name as it was declared, in whatever case it is asked for.</summary>
    /// <exception cref="OctoWorkersException">There is none of that name.</exception>
    internal string Declared(SqliteSession session, string name)
        => session.Query($"SELECT name FROM {table} WHERE id = ?1", static row => row.GetString(0), Require(session, name)).Single();

    private long Find(SqliteSession session, string name)
        => session.Scalar($"SELECT coalesce((SELECT id FROM {table} WHERE name_key = ?1), 0)", NameKey.Of(name));
}
