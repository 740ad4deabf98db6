using OctoWorkers.Engine.Definitions;
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
        RunbookRecord found = Named.Runbook(runbooks, runbook);
        IReadOnlyList<EnvironmentRecord> environments = await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        EnvironmentRecord place = Named.Environment(environments, environment);
        IReadOnlyList<string> allowed = found.Definition.Environments;
        return allowed.Count == 0 || allowed.Contains(place.Name, EntityName.Comparer)
            ? new RunRequest(found.Id, found.Definition, place)
            : throw new OctoWorkersException(
                EngineError.EnvironmentNotAllowed,
                $"Runbook '{found.Definition.Name}' may not run in '{place.Name}', only in {string.Join(", ", allowed)}.",
                found.Definition.Name);
    }
}
