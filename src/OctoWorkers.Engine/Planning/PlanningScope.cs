using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Planning;

/// <summary>What a plan depends on beside runbook, environment and the store's facts.</summary>
/// <param name="Tenant">The tenant that the run is for; null: none.</param>
/// <param name="Variables">The run's values: worker-pool variables are found among them, and no two of them may tie.</param>
public sealed record PlanningScope(TenantRecord? Tenant, IReadOnlyList<SourcedVariable> Variables)
{
    /// <summary>No tenant and no variables.</summary>
    public static PlanningScope None { get; } = new(null, []);

    /// <summary>That of a run.</summary>
    /// <param name="request">The run's request.</param>
    public static PlanningScope Of(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request.Tenant, RunSources.Of(request));
    }
}
