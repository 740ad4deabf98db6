namespace OctoWorkers;

/// <summary>A worker pool of the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="IsDefault">Whether steps that name no pool use it.</param>
/// <param name="Members">Its workers in pool order: the order in which they were added to it.</param>
public sealed record WorkerPoolRecord(
    WorkerPoolId Id,
    string Name,
    string Description,
    bool IsDefault,
    IReadOnlyList<PoolMember> Members)
{
    /// <summary>How it chooses among its eligible workers.</summary>
    public PoolPolicy Policy { get; init; }

    /// <summary>How many steps run at once on its workers at the most; null: as many as come.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
