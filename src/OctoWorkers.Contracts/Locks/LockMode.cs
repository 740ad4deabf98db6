namespace OctoWorkers;

/// <summary>How a machine's lock is held.</summary>
public enum LockMode
{
    /// <summary>Together with other readers: a step on a worker.</summary>
    Read,
    /// <summary>Alone: Acquire Packages, and a step that does not bypass the mutex.</summary>
    Write,
}
