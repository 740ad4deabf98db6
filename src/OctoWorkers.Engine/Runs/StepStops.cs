namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Waits of a run's steps, one a step, each of which can be given up. A step that waits again does so when its former wait has ended: what that one gives back on
/// its way out would otherwise be taken from the new one.
/// </summary>
internal sealed class StepStops : IDisposable
{
    private readonly Dictionary<int, CancellationTokenSource> waiting = [];
    private readonly List<CancellationTokenSource> givenUp = [];
    private readonly Dictionary<int, Task> last = [];

    /// <summary>A step begins to wait.</summary>
    /// <param name="step">The step.</param>
    /// <param name="wait">The wait; the token fires when it is given up, or ended. It throws nothing.</param>
    /// <param name="detach">Ends it as well.</param>
    /// <returns>Ends with the wait.</returns>
    public Task Begin(int step, Func<CancellationToken, Task> wait, CancellationToken detach)
    {
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(detach);
        waiting[step] = stop;
        return last[step] = AfterAsync(last.GetValueOrDefault(step, Task.CompletedTask), wait, stop.Token);
    }

    /// <summary>Gives up what a step waits for, if it does.</summary>
    public void GiveUp(int step)
    {
        if (waiting.Remove(step, out CancellationTokenSource? stop))
        {
            stop.Cancel();
            givenUp.Add(stop);
        }
    }

    /// <summary>When nobody waits any more.</summary>
    public void Dispose()
    {
        foreach (CancellationTokenSource stop in waiting.Values.Concat(givenUp))
        {
            stop.Dispose();
        }
    }

    private static async Task AfterAsync(Task former, Func<CancellationToken, Task> wait, CancellationToken stop)
    {
        await former.ConfigureAwait(false);
        await wait(stop).ConfigureAwait(false);
    }
}
