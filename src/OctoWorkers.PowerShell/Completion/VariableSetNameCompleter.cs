using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of variable sets.</summary>
public sealed class VariableSetNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. (await session.Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false)).Select(one => new Candidate(one.Definition.Name, one.Definition.Description))];
    }
}
