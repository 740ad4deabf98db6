using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Checks what a runbook that was made by a program refers to, as files are checked. Pure.</summary>
public static class RunbookReferences
{
    /// <summary>Checks that all that it names exists, and that no runbooks run each other in a circle.</summary>
    /// <param name="runbook">The runbook; it takes the place of a stored one of its name.</param>
    /// <param name="stored">What the store holds.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>, <see cref="EngineError.RunbookCycle"/>.</exception>
    public static void Require(RunbookDefinition runbook, StoredDefinitions stored)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        ArgumentNullException.ThrowIfNull(stored);
        string[] environments = [.. stored.Environments.Select(environment => environment.Name)];
        string[] pools = [.. stored.Pools.Select(pool => pool.Name)];
        string[] feeds = [FeedRecord.BuiltInName, .. stored.Feeds.Select(feed => feed.Name)];
        string[] runbooks = [.. stored.Runbooks.Select(other => other.Definition.Name), runbook.Name];
        Require(runbook.Environments, environments, "environment", $"Runbook '{runbook.Name}'");
        foreach (StepDefinition step in runbook.Steps)
        {
            string place = $"Step '{step.Name}' of runbook '{runbook.Name}'";
            Require(step.Environments, environments, "environment", place);
            Require(step.ExcludedEnvironments, environments, "environment", place);
            Require(step.Pool is null ? [] : [step.Pool], pools, "worker pool", place);
            Require(step.Targets?.Tags ?? [], [.. stored.Targets.SelectMany(target => target.Tags).Distinct(EntityName.Comparer)], "deployment target tag", place);
            Require(step.Packages.Select(package => package.Feed).OfType<string>(), feeds, "feed", place);
            if (step.Action is RunRunbookAction child)
            {
                Require([child.Runbook], runbooks, "runbook", place);
                Require(child.Environment is null ? [] : [child.Environment], environments, "environment", place);
            }
        }

        RunbookNesting.CheckAll(
            [.. stored.Runbooks.Select(other => other.Definition).Where(other => !EntityName.Comparer.Equals(other.Name, runbook.Name)), runbook]);
    }

    private static void Require(IEnumerable<string> names, IReadOnlyList<string> known, string kind, string place)
    {
        foreach (string name in names.Where(name => !known.Contains(name, EntityName.Comparer)))
        {
            string remedy = NearestWord.Find(name, known) is { } nearest ? $"Did you mean '{nearest}'? Otherwise add it first." : "Add it first.";
            throw new OctoWorkersException(EngineError.InvalidDefinition, $"{place} names the {kind} '{name}', and there is none of that name. {remedy}", name);
        }
    }
}
