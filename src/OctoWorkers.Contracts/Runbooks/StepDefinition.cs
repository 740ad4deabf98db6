namespace OctoWorkers;

/// <summary>One step of a runbook.</summary>
public sealed record StepDefinition
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name, unique in the runbook without regard to case.</param>
    /// <param name="action">What it does.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public StepDefinition(string name, StepAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Name = EntityName.Require(name, "step");
        Action = action;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public StepAction Action { get; }

    /// <summary>Name of the pool it draws its worker from; null: the default pool.</summary>
    public string? Pool { get; init; }

    /// <summary>Name of the worker-pool variable that names its pool (semantics, section 2); null: <see cref="Pool"/> does. Never both.</summary>
    public string? PoolVariable { get; init; }

    /// <summary>What its worker must have, beside the interpreter that its syntax demands.</summary>
    public IReadOnlyList<CapabilityDemand> Demands { get; init; } = [];

    /// <summary>The deployment targets that it is about; null: it runs once, on a worker.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> for a step that runs no script.</exception>
    public StepTargets? Targets
    {
        get;
        init => field = value is null || Action is ScriptAction
            ? value
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"Step '{Name}' runs no script, so it cannot be about deployment targets; leave them out.", Name);
    }

    /// <summary>Whether it draws a worker: not where a person answers, nor where it runs on deployment targets themselves.</summary>
    public bool DrawsWorker() => Action is not ManualAction && Targets is null or { OnWorker: true };

    /// <summary>The packages it refers to, in order; they are part of the lease key.</summary>
    public IReadOnlyList<PackageReference> Packages { get; init; } = [];

    /// <summary>When it runs, given how the steps before it ended.</summary>
    public StepCondition Condition { get; init; }

    /// <summary>The expression whose truth decides, when <see cref="Condition"/> is <see cref="StepCondition.Variable"/>; null otherwise.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>When it starts. The first step starts at once, whatever this says.</summary>
    public StepStart Start { get; init; }

    /// <summary>How often it is retried.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>How long an attempt may take; null: as long as it likes.</summary>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The time-out {value} is not longer than zero.", value);
    }

    /// <summary>Whether running it twice does no harm, so that it may be retried when its outcome is unknown.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether it is left out of every run.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether it cannot be skipped.</summary>
    public bool Required { get; init; }

    /// <summary>Names of the environments it runs in; empty: all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Tags of the tenants it runs for: any of one set, all sets; empty: all, also runs without a tenant.</summary>
    public IReadOnlyList<TenantTag> TenantTags { get; init; } = [];

    /// <summary>Names of the environments it does not run in.</summary>
    public IReadOnlyList<string> ExcludedEnvironments { get; init; } = [];

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
