using System.Runtime.CompilerServices;
using System.Text;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Reads what the journal says of runs. It never drives them.</summary>
internal sealed class RunReader(IStore store, TimeProvider time)
{
    private const int PageBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(20);

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<RunDetails> GetDetailsAsync(RunId run, CancellationToken cancellationToken)
    {
        RunRecord record = await store.GetRunAsync(run, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunEvent> events = await store.GetEventsAsync(run, cancellationToken).ConfigureAwait(false);
        RunState state = RunState.Of(record.Request, events);
        return new(record, state.Plan, [.. state.Steps.Select(step => Details(state, step))])
        {
            Cause = state.Cause,
            Outputs = RunOutputs.Of(state),
            Interruptions = state.Interruptions.Length == 0 ? []
                : await store.GetInterruptionsAsync(new() { Run = run }, cancellationToken).ConfigureAwait(false),
            Progress =
            [
                .. events.OfType<ProgressReported>().GroupBy(progress => progress.Step).Select(reports => reports.Last()).OrderBy(last => last.Step)
                    .Select(last => state.Step(last.Step) is { Target: { } target } part ? last with { Step = part.Of, Message = $"{target.Name}: {last.Message}" } : last),
            ],
        };
    }

    // A step that a run never came to, because it could not be planned or was canceled in the queue, did not run.
    private static StepDetails Details(RunState state, StepState step)
    {
        bool never = step.Status == StepStatus.Pending && state.Final is not null;
        return new(
            step.Number,
            step.Definition.Name,
            never ? StepStatus.Skipped : step.Status,
            (step.Attempts.Count > 0 ? step.Attempts[^1].WorkerName : null) ?? state.DrawOf(step.Number)?.WorkerName,
            step.Attempts,
            step.Child,
            step.HasParts ? state.PartsOf(step.Number).Min(Began) : Began(step),
            step.Ended,
            never ? "the run ended before it began" : step.Error)
        {
            Targets = state.PlannedOf(step.Number)?.Targets is null ? null : [.. state.PartsOf(step.Number).Select(part => PartDetails(state, step, part))],
        };
    }

    private static StepTargetDetails PartDetails(RunState state, StepState step, StepState part)
    {
        bool never = part.Status == StepStatus.Pending && (step.HasEnded || state.Final is not null);
        return new(
            part.Target!.Target,
            part.Target.Name,
            never ? StepStatus.Skipped : part.Status,
            (part.Attempts.Count > 0 ? part.Attempts[^1].WorkerName : null) ?? state.MachineOf(part.Number)?.Name,
            part.Attempts,
            Began(part),
            part.Ended,
            never ? step.Error ?? "the run ended before it began" : part.Error)
        {
            IsExcluded = state.Excluded.ContainsKey(part.Target.Target),
        };
    }

    private static DateTimeOffset? Began(StepState step) => step.Attempts.Count > 0 ? step.Attempts[0].Started : null;

    /// <summary>Reads a log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Only lines with a higher cursor.</param>
    /// <param name="step">Only this step; null: all.</param>
    /// <param name="follow">Whether to go on until the run has ended.</param>
    /// <param name="leftHere">Gives what completes when this process no longer drives a run, null where it does not: its end is then seen at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<LogLine> ReadLogAsync(
        RunId run, long after, int? step, bool follow, Func<RunId, Task?> leftHere, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = 0;
        TargetLines targets = new(store, await store.GetRunAsync(run, cancellationToken).ConfigureAwait(false));
        while (true)
        {
            Task? left = leftHere(run) is { IsCompleted: false } driving ? driving : null;

            // Whether it has ended is read before the log, so that its last lines are not missed.
            bool last = !follow || (await store.GetRunAsync(run, cancellationToken).ConfigureAwait(false)).HasEnded;
            IReadOnlyList<LogChunk> chunks;
            do
            {
                chunks = await store.GetLogAsync(run, after, targets.IsAbout(step) ? null : step, PageBytes, cancellationToken).ConfigureAwait(false);
                foreach (LogChunk chunk in chunks)
                {
                    foreach (LogLine line in Lines(chunk))
                    {
                        if (line.Cursor > after)
                        {
                            after = line.Cursor;
                            LogLine named = await targets.NameAsync(line, cancellationToken).ConfigureAwait(false);
                            if (step is null || named.Step == step)
                            {
                                yield return named;
                            }
                        }
                    }
                }
            }
            while (chunks.Count > 0);

            if (last)
            {
                yield break;
            }

            seen = await store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
            await PauseAsync(left, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(Task? left, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task pause = Task.Delay(PollPause, time, enough.Token);
        await Task.WhenAny(pause, left ?? pause).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static IEnumerable<LogLine> Lines(LogChunk chunk)
    {
        int start = 0;
        for (int index = 0; index < chunk.LineCount; index++)
        {
            int length = chunk.Text.Span[start..].IndexOf((byte)'\n');
            string text = Encoding.UTF8.GetString(chunk.Text.Span.Slice(start, length));
            start += length + 1;
            yield return new LogLine(
                chunk.FirstCursor + index, chunk.Step, chunk.Attempt, chunk.FirstNumber + index, chunk.At, chunk.Level, text,
                chunk.Continues && index == chunk.LineCount - 1);
        }
    }
}
