namespace OctoWorkers.Engine.Runs;

/// <summary>Waits of a run's steps, one a step, each of which can be given up.</summary>
internal sealed class StepStops : IDisposable
{
    private readonly Dictionary<int, CancellationTokenSource> waiting = [];
    private readonly List<CancellationTokenSource> givenUp = [];

    /// <summary>A step begins to wait.</summary>
    /// <param name="step">The step.</param>
    /// <param name="detach">Ends it as well.</param>
    /// <returns>Fires when it is given up, or ended.</returns>
    public CancellationTokenSource Begin(int step, CancellationToken detach) => waiting[step] = CancellationTokenSource.CreateLinkedTokenSource(detach);

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
}
