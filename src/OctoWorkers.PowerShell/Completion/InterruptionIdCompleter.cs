using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the ids of what waits for people, oldest first.</summary>
public sealed class InterruptionIdCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyList<Interruption> pending =
            await session.Store.GetInterruptionsAsync(new() { PendingOnly = true }, cancellationToken).ConfigureAwait(false);
        return [.. pending.Select((one, index) => new Candidate(one.Id.ToString(), $"{one.StepName} of {one.Runbook} in {one.Environment}", index))];
    }
}
