using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of workers.</summary>
public sealed class WorkerNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. (await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false)).Select(one => new Candidate(one.Name, $"{one.Health.Status}, {one.State}"))];
    }
}
