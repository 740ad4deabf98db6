using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Puts runbooks that were made in the session into the store.</summary>
internal static class RunbookDefinitions
{
    /// <summary>Checks a runbook against what the store holds, and stores it, in one transaction.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.AlreadyExists"/>, <see cref="EngineError.InvalidDefinition"/>, <see cref="EngineError.RunbookCycle"/>: nothing was stored.
    /// </exception>
    internal static async Task<RunbookRecord> PutAsync(
        EngineSession session, RunbookDefinition runbook, bool mustBeNew, CancellationToken cancellationToken)
    {
        DefinitionsToPut Decide(StoredDefinitions stored)
        {
            if (mustBeNew && stored.Runbooks.Any(other => EntityName.Comparer.Equals(other.Definition.Name, runbook.Name)))
            {
                throw new OctoWorkersException(
                    EngineError.AlreadyExists, $"There is a runbook named '{runbook.Name}' already. Change it with Set-Runbook, or choose another name.", runbook.Name);
            }

            RunbookReferences.Require(runbook, stored);
            return new() { Runbooks = [runbook] };
        }

        await session.Store.ChangeDefinitionsAsync(Decide, TimeProvider.System.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        return runbooks.First(stored => EntityName.Comparer.Equals(stored.Definition.Name, runbook.Name));
    }
}
