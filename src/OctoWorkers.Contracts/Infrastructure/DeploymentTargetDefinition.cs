namespace OctoWorkers;

/// <summary>A machine that steps are about, as somebody defines it.</summary>
public sealed record DeploymentTargetDefinition
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connection">How it is reached.</param>
    /// <param name="environments">The environments it is in, at least one.</param>
    /// <param name="tags">Its tags, at least one: steps choose targets by them.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public DeploymentTargetDefinition(string name, WorkerConnection connection, IEnumerable<string> environments, IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Name = EntityName.Require(name, "deployment target");
        Connection = connection;
        Environments = [.. environments.Distinct(EntityName.Comparer)];
        Tags = [.. tags.Select(tag => EntityName.Require(tag, "target tag")).Distinct(EntityName.Comparer)];
        if (Environments.Count == 0)
        {
            throw new OctoWorkersException(EngineError.InvalidDefinition, $"Deployment target '{name}' is in no environment; name at least one.", name);
        }

        if (Tags.Count == 0)
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"Deployment target '{name}' has no tag, so no step would choose it; give it at least one.", name);
        }
    }

    /// <summary>Its name, unique among the targets and workers of the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>How it is reached.</summary>
    public WorkerConnection Connection { get; init; }

    /// <summary>Names of the environments it is in; never empty.</summary>
    public IReadOnlyList<string> Environments { get; }

    /// <summary>What steps choose it by (its roles); never empty.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>Name of its machine policy; null: <see cref="MachinePolicyDefinition.DefaultName"/>.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether it is disabled: no run chooses it.</summary>
    public bool Disabled { get; init; }

    /// <summary>
    /// Whether steps share it where the variable <c>OctopusBypassDeploymentMutex</c> says nothing; false: it runs one step at a time, whatever the number of runs.
    /// </summary>
    public bool BypassDeploymentMutex { get; init; }

    /// <summary>The tenants that it is for.</summary>
    public TargetTenants Tenants { get; init; } = TargetTenants.None;
}
