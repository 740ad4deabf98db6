using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Cli.Definitions;

/// <summary>Puts definitions into a store. Everything is checked before anything is stored; what is there already and the same is left alone.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
internal sealed class DefinitionApplication(IStore store, TimeProvider time)
{
    private readonly List<DefinitionChange> changes = [];

    /// <summary>Reads, checks and applies files.</summary>
    /// <returns>What happened to each thing that they define, in the order in which it was applied.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.DefinitionNotReadable"/>, <see cref="EngineError.InvalidDefinition"/>, <see cref="EngineError.RunbookCycle"/>: nothing was stored.
    /// </exception>
    internal static async Task<IReadOnlyList<DefinitionChange>> ApplyAsync(
        IStore store, IReadOnlyList<string> paths, ISecretProtector secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        DefinitionSet files = await DefinitionReader.ReadAsync(paths, cancellationToken).ConfigureAwait(false);
        await DefinitionCheck.RequireAsync(files, store, cancellationToken).ConfigureAwait(false);
        files = await DefinitionSealing.SealAsync(files, store, secrets, cancellationToken).ConfigureAwait(false);
        DefinitionApplication application = new(store, time);
        await application.EnvironmentsAsync(files, cancellationToken).ConfigureAwait(false);
        await application.PoolsAsync(files, cancellationToken).ConfigureAwait(false);
        await application.WorkersAsync(files, cancellationToken).ConfigureAwait(false);
        application.changes.AddRange(await SharedApplication.ApplyAsync(store, files, cancellationToken).ConfigureAwait(false));
        await application.RunbooksAsync(files, cancellationToken).ConfigureAwait(false);
        return application.changes;
    }

    private async Task EnvironmentsAsync(DefinitionSet files, CancellationToken cancellationToken)
    {
        IReadOnlyList<EnvironmentRecord> stored = await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        foreach (EnvironmentDefinition wanted in files.Environments.Select(file => file.Value))
        {
            EnvironmentRecord? now = stored.FirstOrDefault(record => EntityName.Comparer.Equals(record.Name, wanted.Name));
            if (Note("environment", wanted.Name, now is not null, now is not null && SameDefinition.Is(now, wanted)))
            {
                await store.PutEnvironmentAsync(wanted, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task PoolsAsync(DefinitionSet files, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerPoolRecord> stored = await store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
        foreach (WorkerPoolDefinition wanted in files.Pools.Select(file => file.Value))
        {
            WorkerPoolRecord? now = stored.FirstOrDefault(record => EntityName.Comparer.Equals(record.Name, wanted.Name));
            if (Note("pool", wanted.Name, now is not null, now is not null && SameDefinition.Is(now, wanted)))
            {
                await store.PutPoolAsync(wanted, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WorkersAsync(DefinitionSet files, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> stored = await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        foreach (WorkerDefinition wanted in files.Workers.Select(file => file.Value))
        {
            WorkerRecord? now = stored.FirstOrDefault(record => EntityName.Comparer.Equals(record.Name, wanted.Name));
            if (Note("worker", wanted.Name, now is not null, now is not null && SameDefinition.Is(now, wanted)))
            {
                await store.PutWorkerAsync(wanted, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RunbooksAsync(DefinitionSet files, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> stored = await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        foreach (RunbookDefinition wanted in files.Runbooks.Select(file => file.Value))
        {
            RunbookRecord? now = stored.FirstOrDefault(record => EntityName.Comparer.Equals(record.Definition.Name, wanted.Name));
            if (Note("runbook", wanted.Name, now is not null, now is not null && SameDefinition.Is(now.Definition, wanted)))
            {
                await store.PutRunbookAsync(wanted, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Returns whether there is something to store.
    private bool Note(string kind, string name, bool exists, bool isSame)
    {
        changes.Add(new(kind, name, isSame ? DefinitionChange.Unchanged : exists ? DefinitionChange.Changed : DefinitionChange.Added));
        return !isSame;
    }
}
