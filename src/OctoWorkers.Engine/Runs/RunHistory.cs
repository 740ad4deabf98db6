using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>What the store knows of a run that is about to be driven.</summary>
/// <param name="Events">Its journal.</param>
/// <param name="Cursors">Where the reading of its attempts' output stands.</param>
/// <param name="Workers">All workers and deployment targets.</param>
/// <param name="NextNote">The number of the next line that the engine says of the run.</param>
/// <param name="WasDriven">Whether some process has driven it before.</param>
internal sealed record RunHistory(
    IReadOnlyList<RunEvent> Events, IReadOnlyList<OutputCursor> Cursors, IReadOnlyList<WorkerRecord> Workers, long NextNote, bool WasDriven)
{
    /// <summary>That of a run which has just been planned: its plan is its journal.</summary>
    public static RunHistory OfPlan(IReadOnlyList<RunEvent> plan, IReadOnlyList<WorkerRecord> workers) => new(plan, [], workers, 1, false);

    /// <summary>The fencing token of the owner who intended the latest attempt of a step, or, where that is not in the journal, a lower one.</summary>
    public long IntentToken(int step)
    {
        long token = 1;
        long intended = 1;
        foreach (RunEvent happened in Events)
        {
            token = happened is TakenOver { FencingToken: { } given } ? given : token;
            intended = happened is AttemptIntended attempt && attempt.Step == step ? token : intended;
        }

        return intended;
    }

    /// <summary>That of a run which some process has driven before.</summary>
    public static async Task<RunHistory> LoadAsync(IStore store, RunId run, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunEvent> events = await store.GetEventsAsync(run, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkerRecord> workers =
        [
            .. await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false),
            .. (await store.GetTargetsAsync(cancellationToken).ConfigureAwait(false)).Select(target => target.Machine),
        ];
        IReadOnlyList<OutputCursor> cursors = await store.GetOutputCursorsAsync(run, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<LogChunk> notes = await store.GetLogAsync(run, 0, 0, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return new(events, cursors, workers, 1 + notes.Sum(chunk => (long)chunk.LineCount), true);
    }
}
