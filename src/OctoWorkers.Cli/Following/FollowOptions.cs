namespace OctoWorkers.Cli.Following;

/// <summary>How a run is followed.</summary>
internal sealed record FollowOptions
{
    /// <summary>Leaves out the plan and the log.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Follows the runs that its steps start as well, and waits for those too that the steps do not wait for.</summary>
    public bool Recurses { get; init; }

    /// <summary>Whether an interrupt leaves the run to the driver; false: it cancels the run.</summary>
    public bool DetachesOnInterrupt { get; init; }
}
