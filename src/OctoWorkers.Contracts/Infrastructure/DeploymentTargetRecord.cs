namespace OctoWorkers;

/// <summary>A deployment target of the store.</summary>
/// <param name="Machine">The machine: what it has in common with workers. It is in no pool.</param>
/// <param name="Environments">Names of the environments it is in.</param>
public sealed record DeploymentTargetRecord(WorkerRecord Machine, IReadOnlyList<string> Environments)
{
    /// <summary>Its id.</summary>
    public DeploymentTargetId Id => new(Machine.Id.Number);

    /// <summary>Its name.</summary>
    public string Name => Machine.Name;

    /// <summary>How it is reached.</summary>
    public WorkerConnection Connection => Machine.Connection;

    /// <summary>What steps choose it by (its roles).</summary>
    public IReadOnlyList<string> Tags => Machine.Tags;

    /// <summary>Whether no run chooses it.</summary>
    public bool Disabled => Machine.State != WorkerState.Enabled;

    /// <summary>What its last health check found.</summary>
    public WorkerHealth Health => Machine.Health;

    /// <summary>Name of its machine policy.</summary>
    public string Policy => Machine.Policy;

    /// <summary>How many runs hold it now.</summary>
    public int Leases => Machine.Leases;

    /// <summary>Whether steps share it where the variable <c>OctopusBypassDeploymentMutex</c> says nothing.</summary>
    public bool BypassDeploymentMutex { get; init; }

    /// <summary>The tenants that it is for.</summary>
    public TargetTenants Tenants { get; init; } = TargetTenants.None;

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
