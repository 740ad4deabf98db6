using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Planning;

/// <summary>What a plan depends on beside runbook, environment and the store's facts.</summary>
/// <param name="Tenant">The tenant that the run is for; null: none.</param>
/// <param name="Variables">The run's values: worker-pool variables are found among them, and no two of them may tie.</param>
public sealed record PlanningScope(TenantRecord? Tenant, IReadOnlyList<SourcedVariable> Variables)
{
    /// <summary>No tenant and no variables.</summary>
    public static PlanningScope None { get; } = new(null, []);

    /// <summary>What becomes of it when deployment targets are not healthy; by default what their machine policies say.</summary>
    public UnavailableTargets UnavailableTargets { get; init; }

    /// <summary>Names of deployment targets that it leaves out.</summary>
    public IReadOnlyList<string> ExcludedTargets { get; init; } = [];

    /// <summary>Names of deployment targets that steps, by number, are not to run for again.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> SucceededTargets { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>What did not succeed in the run that it repeats: the steps, by number, and names of the deployment targets of those that are about some.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Unfinished { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>The deployment targets that were chosen before, by the steps' numbers: they stay. Null: they are chosen now.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<PlannedTarget>>? ChosenTargets { get; init; }

    /// <summary>That of a run.</summary>
    /// <param name="request">The run's request.</param>
    public static PlanningScope Of(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request.Tenant, RunSources.Of(request))
        {
            UnavailableTargets = request.UnavailableTargets, ExcludedTargets = request.ExcludedTargets, SucceededTargets = request.SucceededTargets,
            Unfinished = request.Unfinished,
        };
    }
}
