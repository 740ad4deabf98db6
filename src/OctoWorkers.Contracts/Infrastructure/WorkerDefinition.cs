namespace OctoWorkers;

/// <summary>A machine that runs steps, as somebody defines it.</summary>
public sealed record WorkerDefinition
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connection">How it is reached.</param>
    /// <param name="pools">The pools it is in, at least one.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public WorkerDefinition(string name, WorkerConnection connection, IEnumerable<string> pools)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Name = EntityName.Require(name, "worker");
        Connection = connection;
        Pools = [.. pools.Distinct(EntityName.Comparer)];
        if (Pools.Count == 0)
        {
            throw new OctoWorkersException(EngineError.InvalidDefinition, $"Worker '{name}' is in no pool; name at least one.", name);
        }
    }

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>How it is reached.</summary>
    public WorkerConnection Connection { get; init; }

    /// <summary>Names of the pools it is in; never empty.</summary>
    public IReadOnlyList<string> Pools { get; }

    /// <summary>Free words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Name of its machine policy; null: <see cref="MachinePolicyDefinition.DefaultName"/>.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether it takes new work.</summary>
    public WorkerState State { get; init; }

    /// <summary>How many steps run on it at once at the most, whatever the number of runs; null: as many as come.</summary>
    public int? MaxSteps
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"maxSteps of worker '{Name}' is {value}; it must be at least 1.", value);
    }
}
