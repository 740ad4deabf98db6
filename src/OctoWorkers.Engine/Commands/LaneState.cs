namespace OctoWorkers.Engine.Commands;

/// <summary>What a lane of a schedule does.</summary>
internal enum LaneState
{
    /// <summary>It is not open.</summary>
    Closed,
    /// <summary>It is being opened.</summary>
    Opening,
    /// <summary>It is open and has nothing to do.</summary>
    Free,
    /// <summary>It runs an input.</summary>
    Busy,
    /// <summary>Its worker gets nothing to do any more.</summary>
    Out,
}
