using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Logs;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>The journals of runs, and everything that follows from their events.</summary>
internal static class JournalTable
{
    internal static IReadOnlyList<RunEvent> Read(SqliteSession session, RunId run)
        => session.Query(
            "SELECT kind, at, payload FROM run_events WHERE run = ?1 ORDER BY seq",
            static row => RunEventJson.Read(row.GetString(0), row.Time(1), row.GetString(2)),
            run.Number);

    internal static IReadOnlyList<RunRecord> Commit(SqliteSession session, JournalCommit commit, IReadOnlyList<StoredChunk> log)
    {
        RunRecord run = RunTable.GetFenced(session, commit.Run, commit.FencingToken);
        List<RunRecord> children = [.. commit.Children.Select(request => RunTable.Create(session, request, commit.ChildOwner, commit.At))];
        foreach (RunRecord child in children)
        {
            AuditTable.AddRequest(session, child, commit.At);
        }

        foreach (LockRequest wish in commit.Locks)
        {
            LockTable.TakeAtOnce(session, wish);
        }

        LogTable.Add(session, run.Id, log, commit.Cursors);
        foreach (PendingCleanup cleanup in commit.Cleanups)
        {
            CleanupTable.Add(session, cleanup);
        }

        Append(session, run, WithChildren(commit.Events, children));
        return children;
    }

    internal static IReadOnlyList<RunEvent> Plan(
        SqliteSession session, RunId id, long fencingToken, Func<PlanningFacts, IReadOnlyList<RunEvent>> plan)
    {
        RunRecord run = RunTable.GetFenced(session, id, fencingToken);
        if (run.Status == RunStatus.Queued)
        {
            QueueTable.RequireFreeTag(session, id);
        }

        IReadOnlyList<RunEvent> events = plan(Facts(session, run.Request.Runbook));
        Append(session, run, events);
        return events;
    }

    internal static WorkerDraw Draw(SqliteSession session, RunbookId runbook, Func<PlanningFacts, WorkerDraw> draw)
    {
        WorkerDraw drawn = draw(Facts(session, runbook));
        if (drawn.After is { } cursor)
        {
            PoolTable.MoveCursor(session, drawn.Pool, runbook, cursor);
        }

        return drawn;
    }

    internal static PlanningFacts Facts(SqliteSession session, RunbookId? runbook) => Facts(session, runbook, PoolTable.All(session), WorkerTable.All(session));

    internal static PlanningFacts Facts(
        SqliteSession session, RunbookId? runbook, IReadOnlyList<WorkerPoolRecord> pools, IReadOnlyList<WorkerRecord> workers)
        => new(
            pools,
            workers,
            runbook is { } known ? PoolTable.Cursors(session, known) : new Dictionary<WorkerPoolId, PoolCursor>(),
            SettingTable.BuiltInWorkerEnabled(session))
        {
            Targets = TargetTable.All(session),
            Policies = MachinePolicyTable.All(session),
        };

    private static IReadOnlyList<RunEvent> WithChildren(IReadOnlyList<RunEvent> events, List<RunRecord> children)
    {
        if (children.Count == 0)
        {
            return events;
        }

        Queue<RunRecord> left = new(children);
        RunEvent[] filled = [.. events.Select(happened => happened is ChildRunCreated created && left.TryDequeue(out RunRecord? child)
            ? created with { Child = child.Id }
            : happened)];
        return left.Count == 0
            ? filled
            : throw new ArgumentException($"{left.Count} runs were to be created for which there is no {nameof(ChildRunCreated)} event.", nameof(events));
    }

    private static void Append(SqliteSession session, RunRecord run, IReadOnlyList<RunEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        RunRecord before = run;
        long seq = session.Scalar("SELECT coalesce(max(seq), 0) FROM run_events WHERE run = ?1", run.Id.Number);
        foreach (RunEvent happened in events)
        {
            (string kind, string payload) = RunEventJson.Write(happened);
            session.Execute(
                "INSERT INTO run_events (run, seq, at, kind, payload) VALUES (?1, ?2, ?3, ?4, ?5)",
                run.Id.Number,
                ++seq,
                happened.At.Stored(),
                kind,
                payload);
            run = RunProjection.Apply(run, happened);
            Follow(session, run, happened);
        }

        if (run != before)
        {
            RunTable.SetState(session, run);
        }
    }

    private static void Follow(SqliteSession session, RunRecord run, RunEvent happened)
    {
        switch (happened)
        {
            case RunPlanned planned:
                LeaseTable.End(session, run.Id);
                foreach (WorkerDraw draw in planned.Plan.Draws)
                {
                    Draw(session, run, draw, planned.At);
                }

                HoldTargets(session, run, planned.Plan, planned.At);

                break;
            case WorkerReplaced replaced:
                LeaseTable.End(session, run.Id, replaced.Draw.Key, replaced.Lost);
                Draw(session, run, replaced.Draw, replaced.At);
                break;
            case AttemptIntended intended:
                PlaceTable.Begin(session, run.Id, intended);
                if (intended.Worker is not null)
                {
                    LockTable.Begin(session, run.Id, intended.Step);
                }

                break;
            case AttemptEnded ended:
                PlaceTable.End(session, run.Id, ended.Step, ended.Attempt);
                LockTable.End(session, run.Id, ended.Step);
                break;
            case WorkersDrawnAgain again:
                foreach (WorkerDraw draw in again.Plan.Draws)
                {
                    Draw(session, run, draw, again.At);
                }

                HoldTargets(session, run, again.Plan, again.At);

                break;
            case InterruptionRaised raised:
                // Who waits for a person holds nothing that others may need, whatever becomes of its driver.
                InterruptionTable.Raise(session, run.Id, raised);
                LeaseTable.End(session, run.Id);
                QueueTable.Release(session, run.Id);
                LockTable.End(session, run.Id);
                PlaceTable.End(session, run.Id);
                break;
            case InterruptionAnswered answered:
                InterruptionTable.End(session, run.Id, answered.Number, answered.At);
                break;
            case InterruptionEnded ended:
                InterruptionTable.End(session, run.Id, ended.Number, ended.At);
                break;
            case RunEnded over:
                InterruptionTable.EndAll(session, run.Id, over.At);
                LockTable.End(session, run.Id);
                LeaseTable.End(session, run.Id);
                PlaceTable.End(session, run.Id);
                QueueTable.Release(session, run.Id);
                LogTable.ForgetCursors(session, run.Id);
                CancelTable.Forget(session, run.Id);
                break;
        }
    }

    private static void HoldTargets(SqliteSession session, RunRecord run, RunPlan plan, DateTimeOffset at)
    {
        foreach (PlannedTarget target in plan.Steps.SelectMany(step => step.Targets ?? []).DistinctBy(target => target.Target))
        {
            LeaseTable.Add(session, run.Id, target, at);
        }
    }

    private static void Draw(SqliteSession session, RunRecord run, WorkerDraw draw, DateTimeOffset at)
    {
        LeaseTable.Add(session, run.Id, draw, at);
        if (draw.After is { } cursor)
        {
            PoolTable.MoveCursor(session, draw.Pool, run.Request.Runbook, cursor);
        }
    }
}
