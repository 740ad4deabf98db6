using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the tags of deployment targets.</summary>
public sealed class TargetTagCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return
        [
            .. (await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false))
                .SelectMany(target => target.Tags.Select(tag => (Tag: tag, target.Name)))
                .GroupBy(pair => pair.Tag, pair => pair.Name, EntityName.Comparer)
                .Select(tag => new Candidate(tag.Key, string.Join(", ", tag))),
        ];
    }
}
