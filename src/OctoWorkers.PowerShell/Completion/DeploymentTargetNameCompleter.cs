using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of deployment targets.</summary>
public sealed class DeploymentTargetNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return
        [
            .. (await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false))
                .Select(one => new Candidate(one.Name, $"{one.Health.Status}, {string.Join(", ", one.Tags)} in {string.Join(", ", one.Environments)}")),
        ];
    }
}
