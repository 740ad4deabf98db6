using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>All definitions together.</summary>
internal static class DefinitionTables
{
    internal static StoredDefinitions All(SqliteSession session)
        => new(
            EnvironmentTable.All(session), PoolTable.All(session), WorkerTable.All(session), TenantTable.All(session), VariableSetTable.All(session),
            ScriptModuleTable.All(session), RunbookTable.All(session))
        {
            Feeds = FeedTable.All(session),
            Targets = TargetTable.All(session),
            Policies = MachinePolicyTable.All(session),
        };

    internal static DefinitionsToPut Change(SqliteSession session, Func<StoredDefinitions, DefinitionsToPut> decide, DateTimeOffset at)
    {
        DefinitionsToPut wanted = decide(All(session));
        foreach (EnvironmentDefinition environment in wanted.Environments)
        {
            EnvironmentTable.Put(session, environment, mustBeNew: false);
        }

        foreach (MachinePolicyDefinition policy in wanted.Policies)
        {
            MachinePolicyTable.Put(session, policy, mustBeNew: false);
        }

        foreach (WorkerPoolDefinition pool in wanted.Pools)
        {
            PoolTable.Put(session, pool, mustBeNew: false);
        }

        foreach (WorkerDefinition worker in wanted.Workers)
        {
            WorkerTable.Put(session, worker, mustBeNew: false);
        }

        foreach (TenantDefinition tenant in wanted.Tenants)
        {
            TenantTable.Put(session, tenant, mustBeNew: false);
        }

        foreach (DeploymentTargetDefinition target in wanted.Targets)
        {
            TargetTable.Put(session, target, mustBeNew: false);
        }

        foreach (FeedDefinition feed in wanted.Feeds)
        {
            FeedTable.Put(session, feed, mustBeNew: false);
        }

        foreach (VariableSetDefinition set in wanted.VariableSets)
        {
            VariableSetTable.Put(session, set);
        }

        foreach (ScriptModule module in wanted.ScriptModules)
        {
            ScriptModuleTable.Put(session, module);
        }

        foreach (RunbookDefinition runbook in wanted.Runbooks)
        {
            RunbookTable.Put(session, runbook, at);
        }

        return wanted;
    }
}
