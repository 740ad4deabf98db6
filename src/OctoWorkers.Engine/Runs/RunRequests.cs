using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Makes the request for a run from names.</summary>
internal static class RunRequests
{
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.RunbookNotFound"/>, <see cref="EngineError.EnvironmentNotFound"/>, <see cref="EngineError.EnvironmentNotAllowed"/>.
    /// </exception>
    public static async Task<RunRequest> MakeAsync(IStore store, string runbook, string environment, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> runbooks = await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        RunbookRecord found = runbooks.FirstOrDefault(candidate => EntityName.Comparer.Equals(candidate.Definition.Name, runbook))
            ?? throw new OctoWorkersException(EngineError.RunbookNotFound, $"There is no runbook '{runbook}'.", runbook);
        IReadOnlyList<EnvironmentRecord> environments = await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        EnvironmentRecord place = environments.FirstOrDefault(candidate => EntityName.Comparer.Equals(candidate.Name, environment))
            ?? throw new OctoWorkersException(EngineError.EnvironmentNotFound, $"There is no environment '{environment}'.", environment);
        IReadOnlyList<string> allowed = found.Definition.Environments;
        return allowed.Count == 0 || allowed.Contains(place.Name, EntityName.Comparer)
            ? new RunRequest(found.Id, found.Definition, place)
            : throw new OctoWorkersException(
                EngineError.EnvironmentNotAllowed,
                $"Runbook '{found.Definition.Name}' may not run in '{place.Name}', only in {string.Join(", ", allowed)}.",
                found.Definition.Name);
    }
}
