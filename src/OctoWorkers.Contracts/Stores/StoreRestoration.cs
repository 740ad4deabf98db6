namespace OctoWorkers;

/// <summary>A store that was made from a backup.</summary>
/// <param name="Location">The store.</param>
/// <param name="BackedUp">When the backup was written.</param>
/// <param name="Runs">How many runs it has.</param>
/// <param name="Artifacts">How many artifacts it has.</param>
/// <param name="Secrets">How many encrypted values it has; their keys were not in the backup.</param>
/// <param name="EndedRuns">Runs that had not ended when the backup was written, and were ended.</param>
public sealed record StoreRestoration(string Location, DateTimeOffset BackedUp, int Runs, int Artifacts, int Secrets, IReadOnlyList<RunId> EndedRuns)
{
    /// <summary>How many packages its built-in feed has from the backup.</summary>
    public int Packages { get; init; }

    /// <summary>Whether each file was compared with its checksum in the backup: one that an earlier version wrote has none.</summary>
    public bool IsVerified { get; init; }
}
