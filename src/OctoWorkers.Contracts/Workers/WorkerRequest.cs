namespace OctoWorkers;

/// <summary>What a worker is asked for outside of a run.</summary>
public sealed record WorkerRequest
{
    /// <summary>Name of the pool; null: the default pool.</summary>
    public string? Pool { get; init; }

    /// <summary>Name of the runbook whose turn in the pool it is; null: a turn of its own, which belongs to no runbook.</summary>
    public string? Runbook { get; init; }

    /// <summary>The packages, in order; they are part of the lease key.</summary>
    public IReadOnlyList<PackageReference> Packages { get; init; } = [];

    /// <summary>What the worker must have.</summary>
    public IReadOnlyList<CapabilityDemand> Demands { get; init; } = [];
}
