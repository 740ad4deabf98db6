namespace OctoWorkers.Engine.Definitions;

/// <summary>Whether what a store holds is what a definition says. Names are compared with case here: a new spelling is a change.</summary>
internal static class SameDefinition
{
    internal static bool Is(EnvironmentRecord stored, EnvironmentDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description;

    internal static bool Is(WorkerPoolRecord stored, WorkerPoolDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && (stored.IsDefault || !wanted.IsDefault);

    internal static bool Is(WorkerRecord stored, WorkerDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Connection == wanted.Connection
            && stored.State == wanted.State
            && new HashSet<string>(stored.Pools, EntityName.Comparer).SetEquals(wanted.Pools)
            && Same(stored.Tags, wanted.Tags);

    internal static bool Is(RunbookDefinition stored, RunbookDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Description == wanted.Description
            && stored.MaxParallelism == wanted.MaxParallelism
            && stored.Timeout == wanted.Timeout
            && Same(stored.Environments, wanted.Environments)
            && stored.Steps.Count == wanted.Steps.Count
            && stored.Steps.Zip(wanted.Steps).All(pair => Is(pair.First, pair.Second));

    private static bool Is(StepDefinition stored, StepDefinition wanted)
        => stored.Name == wanted.Name
            && Is(stored.Action, wanted.Action)
            && stored.Pool == wanted.Pool
            && Same(stored.Packages, wanted.Packages)
            && stored.Condition == wanted.Condition
            && stored.Start == wanted.Start
            && stored.Retry == wanted.Retry
            && stored.Timeout == wanted.Timeout
            && stored.Idempotent == wanted.Idempotent
            && stored.Disabled == wanted.Disabled
            && stored.Required == wanted.Required
            && Same(stored.Environments, wanted.Environments)
            && Same(stored.ExcludedEnvironments, wanted.ExcludedEnvironments);

    private static bool Is(StepAction stored, StepAction wanted)
        => stored is ScriptAction before && wanted is ScriptAction after ? Is(before, after) : stored == wanted;

    private static bool Is(ScriptAction stored, ScriptAction wanted)
        => stored.Body == wanted.Body
            && stored.Syntax == wanted.Syntax
            && Same(stored.Arguments, wanted.Arguments)
            && stored.Environment.Count == wanted.Environment.Count
            && stored.Environment.All(variable => wanted.Environment.TryGetValue(variable.Key, out string? value) && value == variable.Value);

    private static bool Same<T>(IReadOnlyList<T> stored, IReadOnlyList<T> wanted) => stored.SequenceEqual(wanted);
}
