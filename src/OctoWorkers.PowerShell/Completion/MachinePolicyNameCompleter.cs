using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of machine policies.</summary>
public sealed class MachinePolicyNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return
        [
            .. (await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false))
                .Select(one => new Candidate(one.Definition.Name, one.Definition.Description)),
        ];
    }
}
