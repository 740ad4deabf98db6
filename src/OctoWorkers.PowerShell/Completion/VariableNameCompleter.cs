using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of variables.</summary>
public sealed class VariableNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyList<VariableSetRecord> sets = await session.Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        return [.. sets.SelectMany(set => set.Definition.Variables)
            .Concat(runbooks.SelectMany(runbook => runbook.Definition.Variables))
            .DistinctBy(variable => variable.Name, EntityName.Comparer)
            .Select(variable => new Candidate(variable.Name, variable.Description))];
    }
}
