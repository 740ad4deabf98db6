using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Writes to the audit, in the transaction that makes it, what a process does to definitions. Names of variables are told, their values never.</summary>
/// <param name="who">The process's user.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditedDefinitions(string who, TimeProvider time)
{
    internal void Note(SqliteSession session, AuditAction action, string subject, RunId? run = null, string details = "")
        => AuditTable.Add(session, time.GetUtcNow(), who, action, subject, run, details);

    internal void Removed(SqliteSession session, DefinitionKind kind, string name) => Note(session, AuditAction.DefinitionRemoved, Subject(kind, name));

    /// <summary>Puts a definition.</summary>
    internal T Put<T>(SqliteSession session, DefinitionKind kind, string name, IReadOnlyList<VariableDefinition>? variables, Func<T> put)
    {
        bool isThere = session.Scalar($"SELECT count(*) FROM {TableOf(kind)} WHERE name_key = ?1", NameKey.Of(name)) > 0;
        string details = variables is null ? "" : Changes(VariablesOf(session, kind, name), variables);
        T result = put();
        Note(session, isThere ? AuditAction.DefinitionChanged : AuditAction.DefinitionAdded, Subject(kind, name), null, details);
        return result;
    }

    internal DefinitionsToPut Change(SqliteSession session, Func<StoredDefinitions, DefinitionsToPut> decide, DateTimeOffset at)
    {
        StoredDefinitions before = DefinitionTables.All(session);
        DefinitionsToPut put = DefinitionTables.Change(session, _ => decide(before), at);
        Told(session, DefinitionKind.Environment, put.Environments.Select(one => one.Name), before.Environments.Select(one => one.Name));
        Told(session, DefinitionKind.MachinePolicy, put.Policies.Select(one => one.Name), before.Policies.Select(one => one.Definition.Name));
        Told(session, DefinitionKind.Pool, put.Pools.Select(one => one.Name), before.Pools.Select(one => one.Name));
        Told(session, DefinitionKind.Worker, put.Workers.Select(one => one.Name), before.Workers.Select(one => one.Name));
        Told(session, DefinitionKind.Target, put.Targets.Select(one => one.Name), before.Targets.Select(one => one.Name));
        Told(session, DefinitionKind.Feed, put.Feeds.Select(one => one.Name), before.Feeds.Select(one => one.Name));
        Told(session, DefinitionKind.Tenant, put.Tenants.Select(one => one.Name), before.Tenants.Select(one => one.Name));
        foreach (VariableSetDefinition set in put.VariableSets)
        {
            VariableSetDefinition? old = before.VariableSets.FirstOrDefault(one => EntityName.Comparer.Equals(one.Definition.Name, set.Name))?.Definition;
            Told(session, DefinitionKind.VariableSet, set.Name, old is not null, Changes(old?.Variables ?? [], set.Variables));
        }

        Told(session, DefinitionKind.ScriptModule, put.ScriptModules.Select(one => one.Name), before.ScriptModules.Select(one => one.Name));
        foreach (RunbookDefinition runbook in put.Runbooks)
        {
            RunbookDefinition? old = before.Runbooks.FirstOrDefault(one => EntityName.Comparer.Equals(one.Definition.Name, runbook.Name))?.Definition;
            Told(session, DefinitionKind.Runbook, runbook.Name, old is not null, Changes(old?.Variables ?? [], runbook.Variables));
        }

        return put;
    }

    private static string Subject(DefinitionKind kind, string name) => $"{WordOf(kind)} '{name}'";

    private void Told(SqliteSession session, DefinitionKind kind, IEnumerable<string> put, IEnumerable<string> before)
    {
        HashSet<string> there = new(before, EntityName.Comparer);
        foreach (string name in put)
        {
            Told(session, kind, name, there.Contains(name), "");
        }
    }

    private void Told(SqliteSession session, DefinitionKind kind, string name, bool wasThere, string details)
        => Note(session, wasThere ? AuditAction.DefinitionChanged : AuditAction.DefinitionAdded, Subject(kind, name), null, details);

    private static IReadOnlyList<VariableDefinition> VariablesOf(SqliteSession session, DefinitionKind kind, string name)
        => session.Text($"SELECT definition FROM {TableOf(kind)} WHERE name_key = ?1", NameKey.Of(name)) is not { } text ? []
            : kind == DefinitionKind.Runbook ? RunbookJson.Read(text).Variables
            : VariableSetJson.Read(text).Variables;

    private static string Changes(IReadOnlyList<VariableDefinition> before, IReadOnlyList<VariableDefinition> after)
    {
        ILookup<string, string> old = Texts(before);
        ILookup<string, string> now = Texts(after);
        IEnumerable<string> set = now.Where(one => !old[one.Key].SequenceEqual(one)).Select(one => one.Key);
        IEnumerable<string> removed = old.Where(one => !now.Contains(one.Key)).Select(one => one.Key);
        return string.Join("; ", ((string[])[Words("set", set), Words("removed", removed)]).Where(words => words.Length > 0));
    }

    private static string Words(string what, IEnumerable<string> names)
        => string.Join(", ", names) is { Length: > 0 } all ? $"variables {what}: {all}" : "";

    private static ILookup<string, string> Texts(IReadOnlyList<VariableDefinition> variables)
        => variables.ToLookup(one => one.Name, one => JsonText.Write(one, VariableJson.Write), EntityName.Comparer);

    private static string WordOf(DefinitionKind kind) => kind switch
    {
        DefinitionKind.VariableSet => "variable set",
        DefinitionKind.ScriptModule => "script module",
        DefinitionKind.MachinePolicy => "machine policy",
        DefinitionKind.Target => "deployment target",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string TableOf(DefinitionKind kind) => kind switch
    {
        DefinitionKind.Environment => "environments",
        DefinitionKind.Pool => "pools",
        DefinitionKind.Worker or DefinitionKind.Target => "workers",
        DefinitionKind.MachinePolicy => "machine_policies",
        DefinitionKind.Feed => "feeds",
        DefinitionKind.Tenant => "tenants",
        DefinitionKind.VariableSet => "variable_sets",
        DefinitionKind.ScriptModule => "script_modules",
        _ => "runbooks",
    };
}
