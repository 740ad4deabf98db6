using OctoWorkers.Engine.Retention;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Removes older runs when one has ended. Not given up when this process leaves: most processes leave when their run has ended, and it is a matter of a moment.
/// </summary>
internal sealed class RetentionAtEnd(RunRetention retention)
{
    private Exception? unforeseen;

    /// <summary>The first failure that is a bug; null: there was none.</summary>
    public Exception? Unforeseen => Volatile.Read(ref unforeseen);

    /// <summary>Removes runs that are not to be kept now that one has ended.</summary>
    public async Task ApplyAsync(RunRecord ended)
    {
        try
        {
            await retention.ApplyAfterAsync(ended, CancellationToken.None).ConfigureAwait(false);
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
