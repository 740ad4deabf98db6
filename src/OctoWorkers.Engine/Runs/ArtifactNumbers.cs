namespace OctoWorkers.Engine.Runs;

/// <summary>Numbers the artifacts of a run, from all of its steps. Numbers that were given and not stored are missing afterwards; none is given twice.</summary>
/// <param name="last">The highest number in the run's journal.</param>
internal sealed class ArtifactNumbers(int last)
{
    private int last = last;

    public static ArtifactNumbers After(IEnumerable<RunEvent> events)
        => new(events.OfType<ArtifactAnnounced>().Select(announced => announced.Number).DefaultIfEmpty().Max());

    public int Next() => Interlocked.Increment(ref last);
}
