namespace OctoWorkers.Engine.Queue;

/// <summary>Which runs wait for which: pure. A wait that closes a circle would last for ever.</summary>
public static class WaitGraph
{
    /// <summary>Finds a circle.</summary>
    /// <param name="start">The run whose wait may close it.</param>
    /// <param name="waitsFor">The runs whose end a run waits for.</param>
    /// <returns>The runs of the circle, each waiting for the next and the last for the first, which is <paramref name="start"/>; null when there is none.</returns>
    public static IReadOnlyList<RunId>? FindCycle(RunId start, Func<RunId, IEnumerable<RunId>> waitsFor)
    {
        ArgumentNullException.ThrowIfNull(waitsFor);
        Dictionary<RunId, RunId> reachedFrom = [];
        Queue<RunId> open = new([start]);
        while (open.TryDequeue(out RunId run))
        {
            foreach (RunId next in waitsFor(run))
            {
                if (next == start)
                {
                    return Path(start, run, reachedFrom);
                }

                if (reachedFrom.TryAdd(next, run))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    private static List<RunId> Path(RunId start, RunId last, Dictionary<RunId, RunId> reachedFrom)
    {
        List<RunId> path = [last];
        while (path[^1] != start)
        {
            path.Add(reachedFrom[path[^1]]);
        }

        path.Reverse();
        return path;
    }
}
