namespace OctoWorkers;

/// <summary>How workers are checked, and what becomes of those that stay unavailable, as somebody defines it.</summary>
public sealed record MachinePolicyDefinition
{
    /// <summary>The name of the policy that every store has; workers that name none have it.</summary>
    public const string DefaultName = "Default Machine Policy";

    /// <summary>The default of <see cref="Timeout"/>.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public MachinePolicyDefinition(string name) => Name = EntityName.Require(name, "machine policy");

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";

    /// <summary>How long the finding of a check holds; null: as the setting <c>healthInterval</c> says.</summary>
    public TimeSpan? Interval
    {
        get;
        init => field = Positive(value, "interval");
    }

    /// <summary>What a check does.</summary>
    public HealthCheckKind Kind { get; init; }

    /// <summary>
    /// The check in one language or several: the first of Bash, PowerShell, Python that is here and whose interpreter the worker has is run. Empty: a worker that
    /// can be reached and whose tools can be looked for is healthy.
    /// </summary>
    public IReadOnlyDictionary<ScriptSyntax, string> Scripts { get; init; } = new Dictionary<ScriptSyntax, string>();

    /// <summary>How long the script may take.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = Positive(value, "timeout")!.Value;
    } = DefaultTimeout;

    /// <summary>How long a worker may stay unavailable before it is removed; null: it is kept.</summary>
    public TimeSpan? RemoveUnavailableAfter
    {
        get;
        init => field = Positive(value, "removeUnavailableAfter");
    }

    /// <summary>What becomes of runs when a deployment target with this policy is not healthy, where neither run nor runbook says so.</summary>
    public UnavailableTargets UnavailableTargets { get; init; }

    /// <summary>What is looked for on the worker beside the tools that every check looks for; names are unique in it.</summary>
    public IReadOnlyList<CapabilityProbeDefinition> Capabilities
    {
        get;
        init => field = value.GroupBy(probe => probe.Name, EntityName.Comparer).FirstOrDefault(same => same.Skip(1).Any()) is { } twice
            ? throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"Machine policy '{Name}' looks for the capability '{twice.Key}' twice; leave one out.", twice.Key)
            : value;
    } = [];

    private static TimeSpan? Positive(TimeSpan? length, string what) => length is null || length > TimeSpan.Zero
        ? length
        : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The {what} {length} of a machine policy is not longer than zero.", length);
}
