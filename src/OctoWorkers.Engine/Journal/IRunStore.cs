using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Journal;

/// <summary>Runs: their journal, their log, who drives them, and what others ask of them.</summary>
public interface IRunStore
{
    /// <summary>Creates a run, <see cref="RunStatus.Queued"/>, with fencing token 1. A token that was used before returns that run.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="owner">The process that will drive it; null: the driver.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up; the run may have been created.</param>
    Task<RunRecord> CreateRunAsync(RunRequest request, EngineId? owner, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>One run.</summary>
    /// <param name="run">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunNotFound"/>.</exception>
    Task<RunRecord> GetRunAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Runs, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RunSummary>> GetRunsAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>Runs that have not ended, oldest first. Of their waits only those that they said themselves are read.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RunRecord>> GetUnfinishedRunsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a process the owner of a run that has not ended and that nobody, this process itself, or <paramref name="deadOwner"/> owns; the fencing token grows by one.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="owner">The new owner.</param>
    /// <param name="deadOwner">An owner known to be dead; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run as it is now owned; null when somebody else owns it, or it has ended.</returns>
    Task<RunRecord?> ClaimRunAsync(RunId run, EngineId owner, EngineId? deadOwner, CancellationToken cancellationToken);

    /// <summary>Gives a run up, so that the driver may claim it. Somebody else's run: nothing happens.</summary>
    /// <param name="run">The run.</param>
    /// <param name="owner">Its owner until now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReleaseRunAsync(RunId run, EngineId owner, CancellationToken cancellationToken);

    /// <summary>The journal of a run, in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RunEvent>> GetEventsAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Adds to a run's journal and log.</summary>
    /// <param name="commit">What to add.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    /// <returns>The runs created by it, in the order of <see cref="JournalCommit.Children"/>.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FencedOut"/> when the fencing token is not the run's: nothing was added.</exception>
    Task<IReadOnlyList<RunRecord>> CommitAsync(JournalCommit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Plans in one transaction: reads the facts, has them planned, and stores cursors, leases, the events and the run's new state. When planning
    /// throws, nothing is stored and the exception goes to the caller.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="plan">The pure planner: facts to events, among them <see cref="RunPlanned"/> or <see cref="WorkerReplaced"/>, whose draws are stored.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/> when the run has not begun, and another one of its concurrency tag has.</exception>
    Task<IReadOnlyList<RunEvent>> PlanAsync(
        RunId run, long fencingToken, Func<PlanningFacts, IReadOnlyList<RunEvent>> plan, CancellationToken cancellationToken);

    /// <summary>Draws a worker without a run, in one transaction: reads the facts, has one drawn, and keeps the cursor. No lease is held.</summary>
    /// <param name="runbook">The runbook whose turn it is; number 0: a turn that belongs to none.</param>
    /// <param name="draw">The pure draw; when it throws, nothing is stored and the exception goes to the caller.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    Task<WorkerDraw> DrawAsync(RunbookId runbook, Func<PlanningFacts, WorkerDraw> draw, CancellationToken cancellationToken);

    /// <summary>The facts that a plan of a runbook would be made from now. Changes nothing.</summary>
    /// <param name="runbook">The runbook; null: one that was never run, so that there is no cursor.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PlanningFacts> GetPlanningFactsAsync(RunbookId? runbook, CancellationToken cancellationToken);

    /// <summary>The same, with pools and workers as they were read before.</summary>
    /// <param name="runbook">The runbook; null: one that is not stored, which has no cursors.</param>
    /// <param name="known">What was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PlanningFacts> GetPlanningFactsAsync(RunbookId? runbook, StoredDefinitions known, CancellationToken cancellationToken);

    /// <summary>Where the reading of each attempt's output stands.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<OutputCursor>> GetOutputCursorsAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Chunks of a run's log, in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Only lines with a higher cursor; a chunk that holds this one and later ones comes whole.</param>
    /// <param name="step">Only this step; null: all.</param>
    /// <param name="maxBytes">Stops after about so many bytes of text, but gives at least one chunk.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<LogChunk>> GetLogAsync(RunId run, long after, int? step, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Asks a run's driver to cancel it. An ended run: nothing happens.</summary>
    /// <param name="run">The run.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunNotFound"/>.</exception>
    Task RequestCancelAsync(RunId run, string by, string reason, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Cancels that were asked for, of runs that have not ended and are owned by the process, oldest first. Several for a run are several.</summary>
    /// <param name="owner">The process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CancelRequest>> GetCancelRequestsAsync(EngineId owner, CancellationToken cancellationToken);

    /// <summary>What is still to be removed from workers: runs that ended while a worker of theirs could not be reached.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PendingCleanup>> GetPendingCleanupsAsync(CancellationToken cancellationToken);

    /// <summary>Adds to those, beside what the journal of a run adds with its end.</summary>
    /// <param name="cleanup">What is to be removed; tickets that are known already stay.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddPendingCleanupAsync(PendingCleanup cleanup, CancellationToken cancellationToken);

    /// <summary>Forgets one of those, when it has been done. Tickets that were added since it was read stay to be done.</summary>
    /// <param name="cleanup">Which, as it was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ClearPendingCleanupAsync(PendingCleanup cleanup, CancellationToken cancellationToken);

    /// <summary>Removes a run that has ended, with its journal and its log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunNotFound"/>; <see cref="EngineError.InvalidRunState"/> when it has not ended.</exception>
    Task RemoveRunAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>The kinds of the runs that have ended.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RunKind>> GetRunKindsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs of a kind that a policy does not keep, oldest first. A run that another one's step created is none of them: it goes with that one, which is kept
    /// while one of its children has not ended.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="now">Now.</param>
    /// <param name="most">How many to give at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ExpiredRun>> FindExpiredRunsAsync(
        RunKind kind, RetentionPolicy policy, DateTimeOffset now, int most, CancellationToken cancellationToken);

    /// <summary>Removes runs that have ended, all of them or none; those that are not there any more do not matter.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidRunState"/> when one has not ended.</exception>
    Task RemoveRunsAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken);
}
