using OctoWorkers.Engine.Retention;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Removes older runs when some have ended: once for all that end within a moment. Not given up when this process leaves: most processes leave when their run has
/// ended, and it is a matter of a moment.
/// </summary>
internal sealed class RetentionAtEnd(RunRetention retention, TimeProvider time, BackgroundTasks tasks)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<RunKind, RunRecord> ended = [];
    private bool isPlanned;
    private Exception? unforeseen;

    /// <summary>The first failure that is a bug; null: there was none.</summary>
    public Exception? Unforeseen => Volatile.Read(ref unforeseen);

    /// <summary>A run has ended: those that are not to be kept now are removed soon.</summary>
    /// <param name="run">The run.</param>
    /// <param name="leaving">Fires when this process leaves: then at once, and no more than takes a moment.</param>
    public void Hear(RunRecord run, CancellationToken leaving)
    {
        lock (gate)
        {
            ended[new(run.Request.Snapshot.Name, run.Request.Environment.Name)] = run;
            if (!isPlanned)
            {
                isPlanned = true;
                tasks.Add(() => ApplyAsync(leaving));
            }
        }
    }

    private async Task ApplyAsync(CancellationToken leaving)
    {
        await Task.Delay(Moment, time, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        RunRecord[] kinds;
        lock (gate)
        {
            kinds = [.. ended.Values];
            ended.Clear();
            isPlanned = false;
        }

        foreach (RunRecord kind in kinds)
        {
            try
            {
                while (await retention.ApplyAfterAsync(kind, CancellationToken.None).ConfigureAwait(false) && !leaving.IsCancellationRequested)
                {
                }
            }
            catch (OctoWorkersException)
            {
                // A store that is busy or full for a moment. The end of the next run, or the driver, does it.
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref unforeseen, e, null);
            }
        }
    }
}
