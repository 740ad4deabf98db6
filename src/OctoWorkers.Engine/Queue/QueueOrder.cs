namespace OctoWorkers.Engine.Queue;

/// <summary>Who of a line gets the free task slots: pure. A run that cannot go now, whatever the reason, does not hold up the next one that can.</summary>
public static class QueueOrder
{
    /// <summary>The runs that get a slot now, in order.</summary>
    /// <param name="line">The line: moved to the top first, then by priority, then first come.</param>
    /// <param name="free">How many slots are free.</param>
    /// <param name="isPaused">Whether nothing new begins; a run that has begun before goes on.</param>
    /// <param name="tagsInUse">The tags of the runs that have begun, or hold a slot; compared without case.</param>
    public static IEnumerable<RunId> Next(IEnumerable<QueuedRun> line, long free, bool isPaused, IEnumerable<string> tagsInUse)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(tagsInUse);
        return Walk(line, free, isPaused, tagsInUse);
    }

    private static IEnumerable<RunId> Walk(IEnumerable<QueuedRun> line, long free, bool isPaused, IEnumerable<string> tagsInUse)
    {
        if (free <= 0)
        {
            yield break;
        }

        HashSet<string> taken = new(tagsInUse, EntityName.Comparer);
        foreach (QueuedRun run in line)
        {
            if (!run.IsDriven || (!run.HasBegun && isPaused) || (!run.HasBegun && run.ConcurrencyTag is { } tag && !taken.Add(tag)))
            {
                continue;
            }

            yield return run.Run;
            if (--free <= 0)
            {
                yield break;
            }
        }
    }
}
