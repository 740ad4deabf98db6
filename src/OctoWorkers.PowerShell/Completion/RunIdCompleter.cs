using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the ids of runs, newest first.</summary>
public sealed class RunIdCompleter : NameCompleter
{
    private const int Most = 50;

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyList<RunSummary> runs = await session.Store.GetRunsAsync(new RunFilter { Limit = Most }, cancellationToken).ConfigureAwait(false);
        return [.. runs.Select(run => new Candidate(run.Id.ToString(), $"{run.Runbook} in {run.Environment}: {run.Status}", -run.Id.Number))];
    }
}
