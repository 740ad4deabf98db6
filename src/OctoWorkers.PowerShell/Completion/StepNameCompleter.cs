using System.Collections;
using System.Management.Automation;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of the steps of the runbook that was named before; without one, those of all runbooks.</summary>
public sealed class StepNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bound);
        string? named = LanguagePrimitives.ConvertTo<string?>(bound["Runbook"] ?? bound["ForRunbook"] ?? bound["Name"]);
        IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        if (!runbooks.Any(runbook => EntityName.Comparer.Equals(runbook.Definition.Name, named)))
        {
            // What was named is no runbook: the name of a variable, for example.
            named = null;
        }

        return [.. runbooks
            .Where(runbook => named is null || EntityName.Comparer.Equals(runbook.Definition.Name, named))
            .SelectMany(runbook => runbook.Definition.Steps.Select((step, index) => new Candidate(step.Name, runbook.Definition.Name, named is null ? 0 : index)))
            .DistinctBy(candidate => candidate.Text, EntityName.Comparer)];
    }
}
