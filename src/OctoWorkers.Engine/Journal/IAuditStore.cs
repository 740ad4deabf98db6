namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Who did what. The store writes an entry in the transaction of each change that people ask for; entries are never changed and never removed.
/// </summary>
public interface IAuditStore
{
    /// <summary>Entries, oldest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<AuditEntry>> GetAuditAsync(AuditFilter filter, CancellationToken cancellationToken);
}
