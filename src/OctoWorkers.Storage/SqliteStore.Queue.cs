using OctoWorkers.Engine.Queue;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>The queue.</content>
/// <remarks>Who asks again and again reads first: a question whose answer is no leaves nothing in the store and wakes nobody.</remarks>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<bool> TryTakeSlotAsync(RunId run, long fencingToken, string machine, int cap, DateTimeOffset at, CancellationToken cancellationToken)
        => cap == 0
            ? readers.ReadAsync(session => QueueTable.HoldsSlot(session, run, fencingToken, machine), cancellationToken)
            : writer.WriteAsync(session => QueueTable.TryTake(session, run, fencingToken, machine, cap, at, Living()), false, cancellationToken);

    /// <inheritdoc/>
    public Task EnterQueueAsync(RunId run, long fencingToken, string machine, DateTimeOffset at, CancellationToken cancellationToken)
        => Note(session => QueueTable.Enter(session, run, fencingToken, machine, at), cancellationToken);

    /// <inheritdoc/>
    public async Task<RunId?> TakeNextSlotAsync(EngineId owner, string machine, int cap, CancellationToken cancellationToken)
    {
        RunId? next = await readers.ReadAsync(session => QueueTable.NextOf(session, owner, machine, cap, Living()), cancellationToken).ConfigureAwait(false);
        return next is null
            ? null
            : await writer.WriteAsync(session => QueueTable.TakeNext(session, owner, machine, cap, Living()), false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReleaseSlotAsync(RunId run, long fencingToken, CancellationToken cancellationToken)
        => Note(session => QueueTable.Release(session, RunTable.GetFenced(session, run, fencingToken).Id), cancellationToken);

    /// <inheritdoc/>
    public Task MoveToTopAsync(RunId run, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                QueueTable.MoveToTop(session, run);
                audit.Note(session, AuditAction.QueueChanged, run.ToString(), run, "moved to the top");
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SetPriorityAsync(RunId run, RunPriority priority, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                QueueTable.SetPriority(session, run, priority);
                audit.Note(session, AuditAction.QueueChanged, run.ToString(), run, $"priority {priority.ToString().ToLowerInvariant()}");
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task PauseQueueAsync(QueuePause pause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pause);
        return Define(
            session =>
            {
                PauseTable.Set(session, pause);
                audit.Note(session, AuditAction.QueueChanged, "queue", null, pause.Reason.Length == 0 ? "paused" : $"paused: {pause.Reason}");
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ResumeQueueAsync(CancellationToken cancellationToken)
        => Define(
            session =>
            {
                bool wasPaused = PauseTable.Clear(session);
                if (wasPaused)
                {
                    audit.Note(session, AuditAction.QueueChanged, "queue", null, "resumed");
                }

                return wasPaused;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<QueuePause?> GetQueuePauseAsync(CancellationToken cancellationToken) => readers.ReadAsync(PauseTable.Get, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Wait>> GetOutlookAsync(string machine, string? concurrencyTag, DateTimeOffset at, CancellationToken cancellationToken)
        => readers.ReadAsync(session => new CurrentWaits(session).InLine(default, machine, concurrencyTag, at, hasBegun: false), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryTakePlaceAsync(PlaceRequest place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        bool? known = await readers.ReadAsync(session => PlaceTable.Look(session, place, Living()), cancellationToken).ConfigureAwait(false);
        return known ?? await writer.WriteAsync(session => PlaceTable.TryTake(session, place, Living()), false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task GiveUpPlaceAsync(PlaceRequest place, CancellationToken cancellationToken)
        => Note(session => PlaceTable.GiveUp(session, place), cancellationToken);

    /// <inheritdoc/>
    public Task SetWaitsAsync(RunId run, long fencingToken, WaitKind kind, IReadOnlyList<Wait> waits, CancellationToken cancellationToken)
        => Note(session => RunTable.SetWaits(session, run, fencingToken, kind, waits), cancellationToken);

    /// <inheritdoc/>
    public Task<WorkerRecord> DrainWorkerAsync(string name, WorkerDrain? drain, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                WorkerRecord changed = WorkerTable.Drain(session, name, drain);
                string by = drain is null ? "" : $" by {drain.Deadline.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z{(drain.Cancels ? ", then what still runs is canceled" : "")}";
                audit.Note(session, AuditAction.WorkerStateChanged, $"worker '{changed.Name}'", null, $"to draining{by}");
                return changed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DrainEnd>> EndDrainsAsync(DateTimeOffset at, CancellationToken cancellationToken)
        => await readers.ReadAsync(session => DrainTable.AnyDue(session, at), cancellationToken).ConfigureAwait(false)
            ? await writer.WriteAsync(session => DrainTable.End(session, at), false, cancellationToken).ConfigureAwait(false)
            : [];

    // Each process is asked for once in a decision.
    private Func<EngineId, bool> Living()
    {
        Dictionary<EngineId, bool> known = [];
        return engine => known.TryGetValue(engine, out bool alive) ? alive : known[engine] = registry.IsAlive(engine);
    }
}
