namespace OctoWorkers;

/// <summary>What kind of thing a run waits for.</summary>
public enum WaitKind
{
    /// <summary>The queue is paused: nothing new begins.</summary>
    QueuePaused,
    /// <summary>A task slot of the machine.</summary>
    Slot,
    /// <summary>The end of a run that carries the same concurrency tag.</summary>
    ConcurrencyTag,
    /// <summary>A place among the running steps of a worker or a pool.</summary>
    Place,
    /// <summary>The end of a run that a step started.</summary>
    ChildRun,
    /// <summary>The pause before a step's next attempt.</summary>
    Retry,
    /// <summary>A lock on a machine.</summary>
    Lock,
    /// <summary>A package that somebody else is acquiring.</summary>
    Package,
    /// <summary>A person's answer.</summary>
    Person,
}
