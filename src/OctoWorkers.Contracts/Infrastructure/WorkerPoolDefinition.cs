namespace OctoWorkers;

/// <summary>A named set of workers that steps ask for.</summary>
public sealed record WorkerPoolDefinition
{
    /// <summary>The name of the pool that every new store has.</summary>
    public const string DefaultName = "Default Worker Pool";

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public WorkerPoolDefinition(string name) => Name = EntityName.Require(name, "worker pool");

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it is to become the default pool. False leaves the default as it is.</summary>
    public bool IsDefault { get; init; }

    /// <summary>How it chooses among its eligible workers.</summary>
    public PoolPolicy Policy { get; init; }

    /// <summary>How many steps run at once on its workers at the most, whatever the number of runs; null: as many as come.</summary>
    public int? MaxSteps
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"maxSteps of worker pool '{Name}' is {value}; it must be at least 1.", value);
    }
}
