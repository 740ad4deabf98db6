namespace OctoWorkers.TestKit.Workers;

/// <summary>A run on a simulated worker. Guarded by its worker.</summary>
internal sealed class SimulatedRun
{
    /// <summary>The highest fencing token that was seen.</summary>
    public long FencingToken { get; set; }

    /// <summary>Its tickets; null: terminated before it was started.</summary>
    public Dictionary<string, SimulatedAttempt?> Tickets { get; } = new(StringComparer.Ordinal);

    /// <summary>The packages that it found.</summary>
    public HashSet<string> Packages { get; } = new(StringComparer.Ordinal);
}
