using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of feeds.</summary>
public sealed class FeedNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. (await session.Engine.GetFeedsAsync(cancellationToken).ConfigureAwait(false)).Select(one => new Candidate(one.Name, one.Path))];
    }
}
