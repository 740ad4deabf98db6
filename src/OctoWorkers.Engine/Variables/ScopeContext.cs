namespace OctoWorkers.Engine.Variables;

/// <summary>Where values are asked for. What is null or empty is not known there, or is none: values scoped to that kind do not apply.</summary>
public sealed record ScopeContext
{
    /// <summary>The step's name.</summary>
    public string? Step { get; init; }

    /// <summary>The machine's name: a deployment target, or the step's worker when it has no target.</summary>
    public string? Machine { get; init; }

    /// <summary>The deployment target's tags.</summary>
    public IReadOnlyList<string> TargetTags { get; init; } = [];

    /// <summary>The tenant's name.</summary>
    public string? Tenant { get; init; }

    /// <summary>The tenant's tags.</summary>
    public IReadOnlyList<TenantTag> TenantTags { get; init; } = [];

    /// <summary>The environment's name.</summary>
    public string? Environment { get; init; }

    /// <summary>The runbook's name.</summary>
    public string? Runbook { get; init; }

    /// <summary>Where a run's steps are, without step and machine.</summary>
    /// <param name="request">The run's request.</param>
    public static ScopeContext Of(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(request.Snapshot.Name, request.Environment.Name, request.Tenant);
    }

    /// <summary>Where the steps of a runbook are, without step and machine.</summary>
    /// <param name="runbook">The runbook's name.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="tenant">The tenant; null: none.</param>
    public static ScopeContext Of(string runbook, string environment, TenantRecord? tenant) => new()
    {
        Runbook = runbook, Environment = environment, Tenant = tenant?.Name, TenantTags = tenant?.Tags ?? [],
    };
}
