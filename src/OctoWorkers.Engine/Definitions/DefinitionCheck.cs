using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Checks definitions beyond their files: what they refer to, and whether runbooks run each other in a circle. Pure.</summary>
public static class DefinitionCheck
{
    /// <summary>Checks them by themselves, as if they were put into a new store.</summary>
    /// <param name="files">The definitions.</param>
    /// <exception cref="InvalidDefinitionsException">They refer to what does not exist.</exception>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/>.</exception>
    public static void Require(DefinitionSet files) => Require(files, KnownNames.NewStore, []);

    /// <summary>Checks them with what a store holds.</summary>
    /// <param name="files">The definitions.</param>
    /// <param name="stored">What the store holds.</param>
    /// <exception cref="InvalidDefinitionsException">They refer to what does not exist.</exception>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/>.</exception>
    public static void Require(DefinitionSet files, StoredDefinitions stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        KnownNames names = new(
            [.. stored.Environments.Select(environment => environment.Name)],
            [.. stored.Pools.Select(pool => pool.Name)],
            [.. stored.Runbooks.Select(runbook => runbook.Definition.Name)]);
        Require(files, names, [.. stored.Runbooks.Select(runbook => runbook.Definition)]);
    }

    /// <summary>All runbooks: those of a store, replaced by those of files.</summary>
    /// <param name="files">What files define.</param>
    /// <param name="stored">The store's.</param>
    public static IReadOnlyList<RunbookDefinition> Merged(DefinitionSet files, IReadOnlyList<RunbookDefinition> stored)
    {
        ArgumentNullException.ThrowIfNull(files);
        HashSet<string> replaced = new(files.Runbooks.Select(runbook => runbook.Value.Name), EntityName.Comparer);
        return [.. stored.Where(runbook => !replaced.Contains(runbook.Name)), .. files.Runbooks.Select(runbook => runbook.Value)];
    }

    private static void Require(DefinitionSet files, KnownNames existing, IReadOnlyList<RunbookDefinition> stored)
    {
        ArgumentNullException.ThrowIfNull(files);
        IReadOnlyList<DefinitionProblem> problems = files.CheckReferences(existing);
        if (problems.Count > 0)
        {
            throw new InvalidDefinitionsException(problems);
        }

        RunbookNesting.CheckAll(Merged(files, stored));
    }
}
