using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Queue;

namespace OctoWorkers.Engine.Runs;

/// <summary>What the loop of a run hears from the work it started, and from outside.</summary>
internal abstract record RunMessage
{
    /// <summary>
    /// The run is known on a worker under our token: attempts may start there, until the connection over which it was entered has broken. What comes before attempts is done anew where the worker
    /// had lost the run, or never knew it.
    /// </summary>
    public sealed record WorkerEntered(WorkerId Worker, bool HadLost, CancellationToken Over) : RunMessage;

    /// <summary>A worker no longer knows the run, and is not told of it before the attempts that are open there have ended.</summary>
    public sealed record RunUnknown(WorkerId Worker) : RunMessage;

    /// <summary>A worker cannot be used; nothing was started there for those who waited for it.</summary>
    public sealed record WorkerLost(WorkerId Worker, OctoWorkersException Error) : RunMessage;

    /// <summary>An attempt's output led to events, which are in the journal already.</summary>
    public sealed record EventsStored(IReadOnlyList<RunEvent> Events) : RunMessage;

    /// <summary>An attempt has ended.</summary>
    public sealed record AttemptFinished(int Step, int Attempt, AttemptResult Result) : RunMessage;

    /// <summary>A run that a step waits for has ended.</summary>
    public sealed record ChildFinished(int Step, RunRecord Child) : RunMessage;

    /// <summary>All cancels that were asked for so far, oldest first.</summary>
    public sealed record CancelsSeen(IReadOnlyList<CancelRequest> Requests) : RunMessage;

    /// <summary>Answers of people, oldest first.</summary>
    public sealed record AnswersSeen(IReadOnlyList<InterruptionReply> Replies) : RunMessage;

    /// <summary>The run has a task slot again.</summary>
    public sealed record SlotTaken : RunMessage;

    /// <summary>A step has the place that it waited for.</summary>
    public sealed record PlaceTaken(PlaceRequest Place) : RunMessage;

    /// <summary>A step no longer waits for a place.</summary>
    public sealed record PlaceGivenUp(PlaceRequest Place) : RunMessage;

    /// <summary>A step's packages are on its worker, and it has the worker's lock.</summary>
    public sealed record StepPrepared(int Step, WorkerId Worker, StepLocks Locks, IReadOnlyList<AcquiredPackage> Packages) : RunMessage;

    /// <summary>A step's packages cannot be had on its worker.</summary>
    public sealed record PreparationFailed(int Step, WorkerId Worker, StepLocks Locks, OctoWorkersException Error) : RunMessage;

    /// <summary>A step is no longer prepared.</summary>
    public sealed record PreparationGivenUp(int Step) : RunMessage;

    /// <summary>Work failed in a way that the run cannot answer: the loop ends with this.</summary>
    public sealed record Broken(Exception Error) : RunMessage;
}
