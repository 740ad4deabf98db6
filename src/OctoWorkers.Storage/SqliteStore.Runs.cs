using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Storage.Logs;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>Runs.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<RunRecord> CreateRunAsync(RunRequest request, EngineId? owner, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return writer.WriteAsync(
            session =>
            {
                long last = session.Scalar("SELECT coalesce(max(id), 0) FROM runs");
                RunRecord run = RunTable.Create(session, request, owner, at);
                if (run.Id.Number > last)
                {
                    AuditTable.AddRequest(session, run, at);
                }

                return run;
            },
            false,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunRecord> GetRunAsync(RunId run, CancellationToken cancellationToken)
        => readers.ReadAsync(session => RunTable.Get(session, run), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunSummary>> GetRunsAsync(RunFilter filter, CancellationToken cancellationToken)
        => readers.ReadAsync(session => RunList.Read(session, filter), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> GetUnfinishedRunsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(RunTable.Unfinished, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Workers keep the highest token that they have seen: one that a power loss took back would be refused by them for ever.</remarks>
    public Task<RunRecord?> ClaimRunAsync(RunId run, EngineId owner, EngineId? deadOwner, CancellationToken cancellationToken)
        => writer.WriteAsync(session => RunTable.Claim(session, run, owner, deadOwner), true, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseRunAsync(RunId run, EngineId owner, CancellationToken cancellationToken)
        => Note(session => RunTable.Release(session, run, owner), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunEvent>> GetEventsAsync(RunId run, CancellationToken cancellationToken)
        => readers.ReadAsync(session => JournalTable.Read(session, run), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        StoredChunk[] log = StoredChunk.Of(commit.Log);
        return writer.WriteAsync(session => JournalTable.Commit(session, commit, log), commit.SurvivesPowerLoss, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunEvent>> PlanAsync(
        RunId run, long fencingToken, Func<PlanningFacts, IReadOnlyList<RunEvent>> plan, CancellationToken cancellationToken)
        => writer.WriteAsync(session => JournalTable.Plan(session, run, fencingToken, plan), false, cancellationToken);

    /// <inheritdoc/>
    public Task<WorkerDraw> DrawAsync(RunbookId runbook, Func<PlanningFacts, WorkerDraw> draw, CancellationToken cancellationToken)
        => writer.WriteAsync(session => JournalTable.Draw(session, runbook, draw), false, cancellationToken);

    /// <inheritdoc/>
    public Task<PlanningFacts> GetPlanningFactsAsync(RunbookId? runbook, CancellationToken cancellationToken)
        => readers.ReadAsync(session => JournalTable.Facts(session, runbook), cancellationToken);

    /// <inheritdoc/>
    public Task<PlanningFacts> GetPlanningFactsAsync(RunbookId? runbook, StoredDefinitions known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        return readers.ReadAsync(session => JournalTable.Facts(session, runbook, known.Pools, known.Workers), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutputCursor>> GetOutputCursorsAsync(RunId run, CancellationToken cancellationToken)
        => readers.ReadAsync(session => LogTable.Cursors(session, run), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogChunk>> GetLogAsync(RunId run, long after, int? step, int maxBytes, CancellationToken cancellationToken)
        => readers.ReadAsync(session => LogTable.Read(session, run, after, step, maxBytes), cancellationToken);

    /// <inheritdoc/>
    public Task RequestCancelAsync(RunId run, string by, string reason, DateTimeOffset at, CancellationToken cancellationToken)
        => Note(
            session =>
            {
                // Why stands in the run's journal, without its secrets.
                if (CancelTable.Add(session, run, by, reason, at))
                {
                    AuditTable.Add(session, at, by, AuditAction.RunCanceled, run.ToString(), run);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CancelRequest>> GetCancelRequestsAsync(EngineId owner, CancellationToken cancellationToken)
        => readers.ReadAsync(session => CancelTable.For(session, owner), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingCleanup>> GetPendingCleanupsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(CleanupTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task AddPendingCleanupAsync(PendingCleanup cleanup, CancellationToken cancellationToken)
        => Note(session => CleanupTable.Add(session, cleanup), cancellationToken);

    /// <inheritdoc/>
    public Task ClearPendingCleanupAsync(PendingCleanup cleanup, CancellationToken cancellationToken)
        => Note(session => CleanupTable.Clear(session, cleanup), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveRunAsync(RunId run, CancellationToken cancellationToken)
        => Note(
            session =>
            {
                RunTable.Remove(session, run);
                audit.Note(session, AuditAction.RunRemoved, run.ToString(), run);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunKind>> GetRunKindsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(ExpiredRuns.Kinds, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExpiredRun>> FindExpiredRunsAsync(
        RunKind kind, RetentionPolicy policy, DateTimeOffset now, int most, CancellationToken cancellationToken)
        => readers.ReadAsync(session => ExpiredRuns.Find(session, kind, policy, now, most), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveRunsAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
        => Note(
            session =>
            {
                foreach (RunId run in ExpiredRuns.Remove(session, runs))
                {
                    audit.Note(session, AuditAction.RunRemoved, run.ToString(), run, "its retention has passed");
                }
            },
            cancellationToken);
}
