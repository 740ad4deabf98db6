using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the ids of the packages of a feed.</summary>
public sealed class PackageIdCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bound);
        IReadOnlyList<PackageRecord> packages = await session.Engine.GetPackagesAsync(bound["Feed"] as string, cancellationToken).ConfigureAwait(false);
        return [.. packages.DistinctBy(one => one.PackageId, EntityName.Comparer).Select(one => new Candidate(one.PackageId, $"newest: {one.Version}"))];
    }
}
