using System.Collections;
using System.Globalization;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the steps of the run that was named before, by name and then by number; without a run, none.</summary>
public sealed class RunStepCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bound);
        object? first = bound["Id"] is object[] { Length: > 0 } several ? several[0] : bound["Id"];
        if (RunIdTransformationAttribute.Find(first) is not { } run)
        {
            return [];
        }

        IReadOnlyList<StepDefinition> steps = (await session.Store.GetRunAsync(run, cancellationToken).ConfigureAwait(false)).Request.Snapshot.Steps;
        return
        [
            .. steps.Select((step, index) => new Candidate(step.Name, $"step {index + 1}", index)),
            .. steps.Select((step, index) => new Candidate((index + 1).ToString(CultureInfo.InvariantCulture), step.Name, steps.Count + index)),
            new Candidate("0", "what the run itself says", 2L * steps.Count),
        ];
    }
}
