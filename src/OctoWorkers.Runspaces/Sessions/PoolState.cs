namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What giving the sessions of a pool and taking them back have in common.</summary>
/// <param name="most">How many sessions are open at once at the most.</param>
/// <param name="closing">Whether the pool is closed.</param>
internal sealed class PoolState(int most, CancellationToken closing)
{
    /// <summary>The pool's lock: it is held wherever one of the others but <see cref="Closing"/> and <see cref="Tasks"/> is used.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Whether the pool is closed.</summary>
    internal CancellationToken Closing { get; } = closing;

    /// <summary>What is done beside the users.</summary>
    internal PoolTasks Tasks { get; } = new();

    /// <summary>The sessions.</summary>
    internal SessionShelves Shelves { get; } = new();

    /// <summary>What the worker can bear.</summary>
    internal SessionRoom Room { get; set; } = SessionRoom.Unknown;

    /// <summary>How many sessions are open at once at the most.</summary>
    internal int Most { get; } = most;

    /// <summary>How many may be there for whoever comes: those in use need room beside them.</summary>
    internal int MostAhead => Math.Max(1, Math.Min(Most / 2, Room.MostSpares));
}
