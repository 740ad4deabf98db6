namespace OctoWorkers;

/// <summary>A worker of the store.</summary>
/// <param name="Id">Its id; <see cref="BuiltInId"/> for the built-in worker.</param>
/// <param name="Name">Its name.</param>
/// <param name="Connection">How it is reached.</param>
/// <param name="Pools">Names of the pools it is in, in the order it was added to them.</param>
/// <param name="Tags">Free words to find it by.</param>
/// <param name="State">Whether it takes new work.</param>
/// <param name="Health">What its last health check found.</param>
/// <param name="Leases">How many leases on it are active now.</param>
public sealed record WorkerRecord(
    WorkerId Id,
    string Name,
    WorkerConnection Connection,
    IReadOnlyList<string> Pools,
    IReadOnlyList<string> Tags,
    WorkerState State,
    WorkerHealth Health,
    int Leases)
{
    /// <summary>How many steps run on it at once at the most; null: as many as come.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>By when it is to be free; null when it does not drain, or takes the time it takes.</summary>
    public WorkerDrain? Drain { get; init; }

    /// <summary>Name of its machine policy.</summary>
    public string Policy { get; init; } = MachinePolicyDefinition.DefaultName;

    /// <summary>Whether it is a deployment target: then it is in no pool.</summary>
    public bool IsTarget { get; init; }

    /// <summary>Its id as that of a machine, also what its lock is known by: <c>Workers-3</c>, for a deployment target <c>Machines-3</c>.</summary>
    public string MachineId => IsTarget ? new DeploymentTargetId(Id.Number).ToString() : Id.ToString();

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;

    /// <summary>The id of the built-in worker: this machine, used while the default pool is empty. It is in no pool and is never stored.</summary>
    public static WorkerId BuiltInId => new(0);

    /// <summary>The name of the built-in worker.</summary>
    public const string BuiltInName = "Built-in Worker";

    /// <summary>The built-in worker (semantics, section 1). Bash is taken for granted there until a check says otherwise.</summary>
    public static WorkerRecord BuiltIn { get; } = new(
        BuiltInId, BuiltInName, new LocalConnection(), [], [], WorkerState.Enabled, 
        WorkerHealth.NeverChecked with { Status = HealthStatus.Healthy, Capabilities = new Dictionary<string, string> { ["bash"] = "" } }, 0);
}
