namespace OctoWorkers;

/// <summary>A customer, site or the like that runs are for, as somebody defines it.</summary>
public sealed record TenantDefinition
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public TenantDefinition(string name) => Name = EntityName.Require(name, "tenant");

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<TenantTag> Tags { get; init; } = [];

    /// <summary>What it is; empty when nothing was said.</summary>
    public string Description { get; init; } = "";
}
