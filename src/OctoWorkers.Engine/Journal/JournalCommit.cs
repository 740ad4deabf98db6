using OctoWorkers.Engine.Locks;

namespace OctoWorkers.Engine.Journal;

/// <summary>What is added to a run's journal in one transaction.</summary>
/// <param name="Run">The run.</param>
/// <param name="FencingToken">The owner's token.</param>
public sealed record JournalCommit(RunId Run, long FencingToken)
{
    /// <summary>Events, in order. The run's stored state follows from them (<see cref="Runs.RunProjection"/>); a <see cref="RunEnded"/> ends its leases and its slot.</summary>
    public IReadOnlyList<RunEvent> Events { get; init; } = [];

    /// <summary>Log lines.</summary>
    public IReadOnlyList<LogChunk> Log { get; init; } = [];

    /// <summary>Where the reading of output stands after those lines; each takes the place of the one for its attempt.</summary>
    public IReadOnlyList<OutputCursor> Cursors { get; init; } = [];

    /// <summary>Runs to create, for the <see cref="ChildRunCreated"/> events: their <see cref="ChildRunCreated.Child"/> is filled in, in order.</summary>
    public IReadOnlyList<RunRequest> Children { get; init; } = [];

    /// <summary>The process that will drive the children; null: the driver.</summary>
    public EngineId? ChildOwner { get; init; }

    /// <summary>
    /// Locks of machines that are taken with it, for steps that it begins. Where somebody is in the way of one, nothing is stored, and
    /// <see cref="EngineError.InUse"/> is thrown: then the lock is to be waited for first (<see cref="ILockStore.TakeLockAsync"/>).
    /// </summary>
    public IReadOnlyList<LockRequest> Locks { get; init; } = [];

    /// <summary>Workers where the run has left something, because they could not be reached.</summary>
    public IReadOnlyList<PendingCleanup> Cleanups { get; init; } = [];

    /// <summary>Now, for what has no time of its own.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether it must survive a power loss, not only the death of processes.</summary>
    public bool SurvivesPowerLoss { get; init; }
}
