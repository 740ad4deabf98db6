using System.Globalization;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Engine.Artifacts;

/// <summary>What a run's journal says of its artifacts. Pure.</summary>
public static class RunArtifacts
{
    /// <summary>The artifacts that were collected, in the order of their numbers: that in which they were collected, so that no number ever changes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="events">Its journal.</param>
    public static IReadOnlyList<RunArtifact> Collected(RunId run, IReadOnlyList<RunEvent> events)
    {
        Dictionary<int, string> names = events.OfType<ArtifactAnnounced>().ToDictionary(artifact => artifact.Number, artifact => artifact.Name);
        Dictionary<int, (int Step, string Target)> parts = TargetLines.PartsOf(events);
        return
        [
            .. events.OfType<ArtifactCollected>()
                .Where(artifact => artifact.Length is not null && names.ContainsKey(artifact.Number))
                .DistinctBy(artifact => artifact.Number)
                .Select((artifact, index) => new RunArtifact(
                    run, index + 1, parts.TryGetValue(artifact.Step, out (int Step, string Target) part) ? part.Step : artifact.Step, artifact.Attempt,
                    names[artifact.Number], artifact.Length!.Value, artifact.At) { StoredAs = artifact.Number, Target = part.Target }),
        ];
    }

    /// <summary>What an attempt announced and is still to be collected.</summary>
    /// <param name="events">The run's journal.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="attempt">The attempt's number.</param>
    public static IReadOnlyList<ArtifactAnnounced> Pending(IReadOnlyList<RunEvent> events, int step, int attempt)
    {
        HashSet<int> done = [.. events.OfType<ArtifactCollected>().Select(artifact => artifact.Number)];
        return [.. events.OfType<ArtifactAnnounced>().Where(artifact => artifact.Step == step && artifact.Attempt == attempt && !done.Contains(artifact.Number))];
    }

    /// <summary>A name for a file that holds an artifact. Its own name comes from a script: only the last part of it may become a file's name.</summary>
    /// <param name="artifact">The artifact.</param>
    public static string FileName(RunArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        string name = Path.GetFileName(artifact.Name.Replace('\\', '/'));
        return name is "" or "." or ".." || name.Contains('\0', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"artifact-{artifact.Number}")
            : name;
    }
}
