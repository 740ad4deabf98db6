using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Cli.Definitions;

/// <summary>Checks definitions beyond their files: what they refer to, and whether runbooks run each other in a circle.</summary>
internal static class DefinitionCheck
{
    /// <summary>Checks them by themselves, as if they were put into a new store.</summary>
    internal static void Require(DefinitionSet files) => Require(files, KnownNames.NewStore, []);

    /// <summary>Checks them with what a store holds.</summary>
    /// <exception cref="InvalidDefinitionsException">They refer to what does not exist.</exception>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/>.</exception>
    internal static async Task RequireAsync(DefinitionSet files, IStore store, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> runbooks = await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        KnownNames names = await StoreNames.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        Require(files, names, [.. runbooks.Select(runbook => runbook.Definition)]);
    }

    /// <summary>All runbooks: those of the store, replaced by those of the files.</summary>
    internal static IReadOnlyList<RunbookDefinition> Merged(DefinitionSet files, IReadOnlyList<RunbookDefinition> stored)
    {
        HashSet<string> replaced = new(files.Runbooks.Select(runbook => runbook.Value.Name), EntityName.Comparer);
        return [.. stored.Where(runbook => !replaced.Contains(runbook.Name)), .. files.Runbooks.Select(runbook => runbook.Value)];
    }

    private static void Require(DefinitionSet files, KnownNames existing, IReadOnlyList<RunbookDefinition> stored)
    {
        IReadOnlyList<DefinitionProblem> problems = files.CheckReferences(existing);
        if (problems.Count > 0)
        {
            throw new InvalidDefinitionsException(problems);
        }

        RunbookNesting.CheckAll(Merged(files, stored));
    }
}
