using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Puts definitions into a store, whole or not at all. They are checked against what the store holds in the transaction that stores them; what is there
/// already and the same is left alone.
/// </summary>
public sealed class DefinitionApplication
{
    private readonly List<DefinitionChange> changes = [];

    private DefinitionApplication()
    {
    }

    /// <summary>Checks and applies definitions.</summary>
    /// <param name="store">The store.</param>
    /// <param name="files">What files define.</param>
    /// <param name="secrets">Encrypts the secrets of the files.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>What happened to each thing that they define: environments, machine policies, pools, workers, deployment targets, feeds, tenants, variable sets, script modules, runbooks.</returns>
    /// <exception cref="InvalidDefinitionsException">They refer to what does not exist: nothing was stored.</exception>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/>; an error of the store. Nothing was stored.</exception>
    public static async Task<IReadOnlyList<DefinitionChange>> ApplyAsync(
        IDefinitionStore store, DefinitionSet files, ISecretProtector secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(time);
        StoredDefinitions now = await store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        DefinitionCheck.Require(files, now);
        files = DefinitionSealing.Seal(files, now, secrets);
        (DefinitionsToPut wanted, IReadOnlyList<DefinitionChange> changes) = Decide(files, now);
        if (!wanted.IsEmpty)
        {
            // Others may have changed something since: what counts is what is there when it is stored.
            await store.ChangeDefinitionsAsync(
                stored =>
                {
                    (wanted, changes) = Decide(files, stored);
                    return wanted;
                },
                time.GetUtcNow(),
                cancellationToken).ConfigureAwait(false);
        }

        return changes;
    }

    /// <summary>Checks definitions, and finds out what of them is to be put into a store. Pure.</summary>
    /// <param name="files">What files define.</param>
    /// <param name="stored">What the store holds.</param>
    /// <returns>What is to be put, and what that does to each thing that the files define.</returns>
    /// <exception cref="InvalidDefinitionsException">They refer to what does not exist.</exception>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/>.</exception>
    public static (DefinitionsToPut Wanted, IReadOnlyList<DefinitionChange> Changes) Decide(DefinitionSet files, StoredDefinitions stored)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(stored);
        DefinitionCheck.Require(files, stored);
        DefinitionApplication application = new();
        DefinitionsToPut wanted = new()
        {
            Environments = application.Differing(
                DefinitionKind.Environment, files.Environments, wanted => wanted.Name, stored.Environments, record => record.Name, SameDefinition.Is),
            Policies = application.Differing(
                DefinitionKind.MachinePolicy, files.Policies, wanted => wanted.Name, stored.Policies, record => record.Definition.Name,
                (record, wanted) => SameDefinition.Is(record.Definition, wanted)),
            Pools = application.Differing(DefinitionKind.Pool, files.Pools, wanted => wanted.Name, stored.Pools, record => record.Name, SameDefinition.Is),
            Workers = application.Differing(
                DefinitionKind.Worker, files.Workers, wanted => wanted.Name, stored.Workers, record => record.Name, SameDefinition.Is),
            Targets = application.Differing(
                DefinitionKind.Target, files.Targets, wanted => wanted.Name, stored.Targets, record => record.Name, SameDefinition.Is),
            Feeds = application.Differing(DefinitionKind.Feed, files.Feeds, wanted => wanted.Name, stored.Feeds, record => record.Name, SameDefinition.Is),
            Tenants = application.Differing(
                DefinitionKind.Tenant, files.Tenants, wanted => wanted.Name, stored.Tenants, record => record.Name, SameDefinition.Is),
            VariableSets = application.Differing(
                DefinitionKind.VariableSet, files.VariableSets, wanted => wanted.Name, stored.VariableSets, record => record.Definition.Name,
                (record, wanted) => SameDefinition.Is(record.Definition, wanted)),
            ScriptModules = application.Differing(
                DefinitionKind.ScriptModule, files.ScriptModules, wanted => wanted.Name, stored.ScriptModules, module => module.Name,
                (module, wanted) => module == wanted),
            Runbooks = application.Differing(
                DefinitionKind.Runbook, files.Runbooks, wanted => wanted.Name, stored.Runbooks, record => record.Definition.Name,
                (record, wanted) => SameDefinition.Is(record.Definition, wanted)),
        };
        return (wanted, application.changes);
    }

    // Those that are not stored as they are, in the order of the files.
    private List<TDefinition> Differing<TDefinition, TRecord>(
        DefinitionKind kind,
        IReadOnlyList<Located<TDefinition>> files,
        Func<TDefinition, string> nameOf,
        IReadOnlyList<TRecord> stored,
        Func<TRecord, string> nameOfStored,
        Func<TRecord, TDefinition, bool> isSame)
        where TDefinition : class
        where TRecord : class
    {
        Dictionary<string, TRecord> byName = stored.ToDictionary(nameOfStored, EntityName.Comparer);
        List<TDefinition> differing = [];
        foreach (TDefinition wanted in files.Select(file => file.Value))
        {
            TRecord? now = byName.GetValueOrDefault(nameOf(wanted));
            bool isThere = now is not null && isSame(now, wanted);
            changes.Add(new(kind, nameOf(wanted), isThere ? ChangeKind.Unchanged : now is null ? ChangeKind.Added : ChangeKind.Changed));
            if (!isThere)
            {
                differing.Add(wanted);
            }
        }

        return differing;
    }
}
