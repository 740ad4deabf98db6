using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Whether what a store holds is what a definition says. Names are compared with case here: a new spelling is a change.</summary>
internal static class SameDefinition
{
    internal static bool Is(EnvironmentRecord stored, EnvironmentDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && stored.Retention == wanted.Retention
            && stored.GuidedFailure == wanted.GuidedFailure;

    internal static bool Is(WorkerPoolRecord stored, WorkerPoolDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && (stored.IsDefault || !wanted.IsDefault)
            && stored.Policy == wanted.Policy && stored.MaxSteps == wanted.MaxSteps;

    internal static bool Is(WorkerRecord stored, WorkerDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Connection == wanted.Connection
            && stored.State == wanted.State
            && stored.MaxSteps == wanted.MaxSteps
            && EntityName.Comparer.Equals(stored.Policy, wanted.Policy ?? MachinePolicyDefinition.DefaultName)
            && new HashSet<string>(stored.Pools, EntityName.Comparer).SetEquals(wanted.Pools)
            && Same(stored.Tags, wanted.Tags);

    internal static bool Is(DeploymentTargetRecord stored, DeploymentTargetDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Connection == wanted.Connection
            && stored.Disabled == wanted.Disabled
            && stored.BypassDeploymentMutex == wanted.BypassDeploymentMutex
            && stored.Tenants == wanted.Tenants
            && EntityName.Comparer.Equals(stored.Policy, wanted.Policy ?? MachinePolicyDefinition.DefaultName)
            && new HashSet<string>(stored.Environments, EntityName.Comparer).SetEquals(wanted.Environments)
            && Same(stored.Tags, wanted.Tags);

    internal static bool Is(MachinePolicyDefinition stored, MachinePolicyDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Description == wanted.Description
            && stored.Interval == wanted.Interval
            && stored.Kind == wanted.Kind
            && stored.Scripts.Count == wanted.Scripts.Count
            && stored.Scripts.All(script => wanted.Scripts.TryGetValue(script.Key, out string? body) && body == script.Value)
            && stored.Timeout == wanted.Timeout
            && stored.RemoveUnavailableAfter == wanted.RemoveUnavailableAfter
            && stored.UnavailableTargets == wanted.UnavailableTargets
            && Same(stored.Capabilities, wanted.Capabilities);

    internal static bool Is(FeedRecord stored, FeedDefinition wanted)
        => stored.Name == wanted.Name && stored.Path == wanted.Path && stored.Description == wanted.Description;

    internal static bool Is(TenantRecord stored, TenantDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && Same(stored.Tags, wanted.Tags);

    internal static bool Is(VariableSetDefinition stored, VariableSetDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && Is(stored.Variables, wanted.Variables);

    internal static bool Is(RunbookDefinition stored, RunbookDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Description == wanted.Description
            && stored.MaxParallelism == wanted.MaxParallelism
            && stored.Timeout == wanted.Timeout
            && stored.Priority == wanted.Priority
            && stored.QueueExpiry == wanted.QueueExpiry
            && stored.Retention == wanted.Retention
            && stored.GuidedFailure == wanted.GuidedFailure
            && stored.UnavailableTargets == wanted.UnavailableTargets
            && Same(stored.Environments, wanted.Environments)
            && Is(stored.Variables, wanted.Variables)
            && Same(stored.VariableSets, wanted.VariableSets)
            && stored.Prompts.Count == wanted.Prompts.Count
            && stored.Prompts.Zip(wanted.Prompts).All(pair => Is(pair.First, pair.Second))
            && stored.Steps.Count == wanted.Steps.Count
            && stored.Steps.Zip(wanted.Steps).All(pair => Is(pair.First, pair.Second));

    private static bool Is(StepDefinition stored, StepDefinition wanted)
        => stored.Name == wanted.Name
            && Is(stored.Action, wanted.Action)
            && stored.Pool == wanted.Pool
            && stored.PoolVariable == wanted.PoolVariable
            && Same(stored.Demands, wanted.Demands)
            && stored.Targets == wanted.Targets
            && stored.ConditionExpression == wanted.ConditionExpression
            && Same(stored.TenantTags, wanted.TenantTags)
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
        => (stored, wanted) switch
        {
            (ScriptAction before, ScriptAction after) => Is(before, after),
            (RunRunbookAction before, RunRunbookAction after) =>
                before.Runbook == after.Runbook && before.Environment == after.Environment && before.Wait == after.Wait && Same(before.Variables, after.Variables),
            (ManualAction before, ManualAction after) => before.Instructions == after.Instructions && Same(before.Responsible, after.Responsible),
            _ => stored == wanted,
        };

    private static bool Is(ScriptAction stored, ScriptAction wanted)
        => stored.Body == wanted.Body
            && stored.Syntax == wanted.Syntax
            && Same(stored.Arguments, wanted.Arguments)
            && Same(stored.Environment, wanted.Environment)
            && Same(stored.Modules, wanted.Modules);

    private static bool Is(IReadOnlyList<VariableDefinition> stored, IReadOnlyList<VariableDefinition> wanted)
        => stored.Count == wanted.Count && stored.Zip(wanted).All(pair => Is(pair.First, pair.Second));

    private static bool Is(VariableDefinition stored, VariableDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Kind == wanted.Kind
            && stored.Value == wanted.Value
            && stored.Sealed == wanted.Sealed
            && stored.Description == wanted.Description
            && ScopeMatch.AreSame(stored.Scope, wanted.Scope);

    private static bool Is(PromptedVariable stored, PromptedVariable wanted)
        => stored with { Options = wanted.Options } == wanted && Same(stored.Options, wanted.Options);

    private static bool Same(IReadOnlyDictionary<string, string> stored, IReadOnlyDictionary<string, string> wanted)
        => stored.Count == wanted.Count && stored.All(entry => wanted.TryGetValue(entry.Key, out string? value) && value == entry.Value);

    private static bool Same<T>(IReadOnlyList<T> stored, IReadOnlyList<T> wanted) => stored.SequenceEqual(wanted);
}
