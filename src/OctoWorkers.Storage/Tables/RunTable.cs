using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Runs as they stand, beside their journals.</summary>
internal static class RunTable
{
    private const string State =
        """
        r.id, r.status, r.created, r.started, r.ended, r.error, r.owner, r.fencing_token, r.waits, r.runbook, r.priority,
        (EXISTS (SELECT 1 FROM interruptions i WHERE i.run = r.id AND i.ended IS NULL AND i.answer IS NULL)
            AND NOT EXISTS (SELECT 1 FROM cancel_requests c WHERE c.run = r.id)),
        (r.status = 'Executing' AND r.slot_machine IS NULL AND r.wants_slot IS NULL AND NOT EXISTS (SELECT 1 FROM cancel_requests c WHERE c.run = r.id))
        """;

    private const string Whole = $"SELECT {State}, q.request FROM runs r JOIN run_requests q ON q.run = r.id";

    // Requests hold whole scripts: what only changes a run's state never reads them.
    private static readonly RunRequest NotRead = new(
        default, new("not read", [new("not read", new ScriptAction(""))]), new(default, "not read", ""));

    internal static RunRecord Create(SqliteSession session, RunRequest request, EngineId? owner, DateTimeOffset at)
    {
        if (request.Token is { } token
            && session.Query($"{Whole} WHERE r.token = ?1", ReadWhole, token) is [RunRecord known])
        {
            return known;
        }

        session.Execute(
            """
            INSERT INTO runs (runbook, runbook_name, runbook_key, environment, environment_name, environment_key, status, created, created_by, parent,
                owner, fencing_token, token, tenant, priority, concurrency_tag, queue_expires, parent_waits)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, ?12, ?13, ?14, ?15, ?16, ?17)
            """,
            request.Runbook.Number,
            request.Snapshot.Name,
            NameKey.Of(request.Snapshot.Name),
            request.Environment.Id.Number,
            request.Environment.Name,
            NameKey.Of(request.Environment.Name),
            EnumText<RunStatus>.Write(RunStatus.Queued),
            at.Stored(),
            request.CreatedBy,
            request.Parent?.Number,
            owner?.Value,
            request.Token,
            request.Tenant?.Id.Number,
            (long)request.Priority,
            request.ConcurrencyTag,
            (at + request.QueueExpiry).Stored(),
            request.ParentWaits ? 1L : 0L);
        RunId id = new(session.LastId);
        session.Execute("INSERT INTO run_requests (run, request) VALUES (?1, ?2)", id.Number, RunRequestJson.Write(request));
        return new(id, request, RunStatus.Queued, at, null, null, null, owner, 1) { Priority = request.Priority };
    }

    internal static RunRecord Get(SqliteSession session, RunId run)
        => session.Query($"{Whole} WHERE r.id = ?1", ReadWhole, run.Number) is [RunRecord found]
            ? found with { Waits = new CurrentWaits(session).Of(found) }
            : throw Missing.Run(run);

    internal static IReadOnlyList<RunRecord> Unfinished(SqliteSession session)
        => session.Query($"{Whole} WHERE r.ended IS NULL ORDER BY r.id", ReadWhole);

    /// <summary>The run as it stands, without what was asked for save its runbook.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunNotFound"/>; <see cref="EngineError.FencedOut"/>.</exception>
    internal static RunRecord GetFenced(SqliteSession session, RunId run, long fencingToken)
    {
        RunRecord found = GetState(session, run);
        return found.FencingToken == fencingToken ? found : throw FencedOut(run, found.FencingToken, fencingToken);
    }

    /// <inheritdoc cref="GetFenced"/>
    internal static void RequireFenced(SqliteSession session, RunId run, long fencingToken)
    {
        long found = session.Scalar("SELECT coalesce((SELECT fencing_token FROM runs WHERE id = ?1), -1)", run.Number);
        if (found != fencingToken)
        {
            throw found < 0 ? Missing.Run(run) : FencedOut(run, found, fencingToken);
        }
    }

    /// <summary>A wish that was under way when the run ended, and is stored after that, would never be given up by anybody.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidRunState"/>.</exception>
    internal static void RequireUnended(SqliteSession session, RunId run, string what)
    {
        if (session.Text("SELECT status FROM runs WHERE id = ?1 AND ended IS NOT NULL", run.Number) is { } status)
        {
            throw new OctoWorkersException(EngineError.InvalidRunState, $"{run} is {status}; a run that has ended {what}.", run);
        }
    }

    /// <summary>
    /// Whether a run waits for a person as its journal has it: a wish that was under way when it began to wait, and is stored after that, would have it hold
    /// what others may need for as long as the person takes.
    /// </summary>
    internal static bool AwaitsPerson(SqliteSession session, RunId run)
        => session.Scalar("SELECT EXISTS (SELECT 1 FROM interruptions WHERE run = ?1 AND ended IS NULL)", run.Number) != 0;

    /// <inheritdoc cref="GetFenced"/>
    internal static RunRecord GetState(SqliteSession session, RunId run)
        => session.Query($"SELECT {State} FROM runs r WHERE r.id = ?1", ReadState, run.Number) is [RunRecord found] ? found : throw Missing.Run(run);

    internal static void SetState(SqliteSession session, RunRecord run)
        => session.Execute(
            "UPDATE runs SET status = ?2, started = ?3, ended = ?4, error = ?5, waits = ?6 WHERE id = ?1",
            run.Id.Number,
            EnumText<RunStatus>.Write(run.Status),
            run.Started.Stored(),
            run.Ended.Stored(),
            run.Error,
            WaitJson.Write(run.Waits));

    internal static RunRecord? Claim(SqliteSession session, RunId run, EngineId owner, EngineId? deadOwner)
    {
        int claimed = session.Execute(
            """
            UPDATE runs SET owner = ?2, fencing_token = fencing_token + 1, wants_slot = NULL, wants_since = NULL
            WHERE id = ?1 AND ended IS NULL AND (owner IS NULL OR owner = ?2 OR owner = ?3)
            """,
            run.Number,
            owner.Value,
            deadOwner?.Value);
        if (claimed > 0)
        {
            LockTable.GiveUpAll(session, run);
        }

        RunRecord now = Get(session, run);
        if (claimed == 0)
        {
            return null;
        }

        PlaceTable.GiveUpAll(session, run);
        return now;
    }

    internal static void Release(SqliteSession session, RunId run, EngineId owner)
    {
        int released = session.Execute(
            """
            UPDATE runs SET owner = NULL, wants_slot = NULL, wants_since = NULL, slot_machine = CASE WHEN status = 'Queued' THEN NULL ELSE slot_machine END
            WHERE id = ?1 AND owner = ?2 AND ended IS NULL
            """,
            run.Number,
            owner.Value);
        if (released > 0)
        {
            LockTable.GiveUpAll(session, run);
            PlaceTable.GiveUpAll(session, run);
        }
    }

    internal static void SetWaits(SqliteSession session, RunId run, long fencingToken, WaitKind kind, IReadOnlyList<Wait> waits)
    {
        RunRecord found = GetState(session, run);
        session.Execute(
            "UPDATE runs SET waits = ?3 WHERE id = ?1 AND fencing_token = ?2 AND ended IS NULL AND waits IS NOT ?3",
            run.Number,
            fencingToken,
            WaitJson.Write([.. found.Waits.Where(wait => wait.Kind != kind), .. waits.Where(wait => wait.Kind == kind)]));
    }

    internal static void Remove(SqliteSession session, RunId run)
    {
        RunRecord found = GetState(session, run);
        if (!found.HasEnded)
        {
            throw new OctoWorkersException(
                EngineError.InvalidRunState, $"{run} is {found.Status}; only a run that has ended can be removed. Wait for it or cancel it.", run);
        }

        Erase(session, run);
    }

    /// <summary>Removes a run, whatever its state.</summary>
    internal static void Erase(SqliteSession session, RunId run)
    {
        // What is left on workers stays on its list: it is to be removed there, whatever becomes of the run here.
        // A lock that nobody can give back would keep its machine for ever.
        foreach (string table in (ReadOnlySpan<string>)
            ["run_events", "log_chunks", "output_cursors", "cancel_requests", "interruptions", "leases", "places", "machine_locks", "run_requests"])
        {
            session.Execute($"DELETE FROM {table} WHERE run = ?1", run.Number);
        }

        session.Execute("DELETE FROM runs WHERE id = ?1", run.Number);
    }

    private static RunRecord ReadWhole(SqliteRow row) => ReadState(row) with { Request = RunRequestJson.Read(row.GetString(13)) };

    private static RunRecord ReadState(SqliteRow row)
        => new(
            new(row.GetInt64(0)),
            NotRead with { Runbook = new(row.GetInt64(9)) },
            EnumText<RunStatus>.Read(row.GetString(1)),
            row.Time(2),
            row.OptionalTime(3),
            row.OptionalTime(4),
            row.OptionalText(5),
            row.OptionalText(6) is { } owner ? new EngineId(owner) : null,
            row.GetInt64(7))
        {
            Waits = WaitJson.Read(row.OptionalText(8)), Priority = (RunPriority)row.GetInt64(10), AwaitsPerson = row.GetInt64(11) != 0,
            AwaitsOthers = row.GetInt64(12) != 0,
        };

    private static OctoWorkersException FencedOut(RunId run, long found, long given) => new(
        EngineError.FencedOut,
        $"{run} has a new owner: its fencing token is {found}, and {given} was given. Leave the run to the process that drives it now.",
        run);
}
