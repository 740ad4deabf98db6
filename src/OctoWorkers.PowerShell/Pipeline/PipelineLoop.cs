namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>Work on several things, where a failure of one does not end the others.</summary>
internal static class PipelineLoop
{
    /// <summary>Does something for each; an expected failure is written as an error, and the next one comes.</summary>
    internal static async Task ForEachAsync<T>(this IPipelineWriter pipeline, IEnumerable<T> items, Func<T, Task> work)
    {
        foreach (T item in items)
        {
            try
            {
                await work(item).ConfigureAwait(false);
            }
            catch (OctoWorkersException e)
            {
                await pipeline.WriteErrorAsync(ErrorRecords.From(e, e.Subject ?? item)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes several warnings.</summary>
    internal static async Task WriteWarningsAsync(this IPipelineWriter pipeline, IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences)
        {
            await pipeline.WriteWarningAsync(sentence).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what was changed where it was asked for.</summary>
    internal static ValueTask PassThruAsync(this IPipelineWriter pipeline, bool isWanted, object changed)
        => isWanted ? pipeline.WriteObjectAsync(changed) : ValueTask.CompletedTask;
}
