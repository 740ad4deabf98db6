using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of tenants.</summary>
public sealed class WorkerTenantNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. (await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false)).Select(one => new Candidate(one.Name, string.Join(", ", one.Tags)))];
    }
}
