using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the tags of tenants.</summary>
public sealed class TenantTagCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyList<TenantRecord> tenants = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
        return [.. tenants.SelectMany(tenant => tenant.Tags).Distinct().Select(tag => new Candidate(tag.ToString()))];
    }
}
