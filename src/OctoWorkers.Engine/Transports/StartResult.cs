namespace OctoWorkers.Engine.Transports;

/// <summary>What became of a start.</summary>
public enum StartResult
{
    /// <summary>It was started now.</summary>
    Started,
    /// <summary>The ticket was used before; that attempt can be followed.</summary>
    AlreadyStarted,
    /// <summary>The ticket was terminated before it was started.</summary>
    Refused,
}
