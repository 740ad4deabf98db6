namespace OctoWorkers.Engine.Journal;

/// <summary>Runbooks. Names are compared without case.</summary>
public interface IRunbookStore
{
    /// <summary>All runbooks, by name.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RunbookRecord>> GetRunbooksAsync(CancellationToken cancellationToken);

    /// <summary>Adds a runbook, or replaces the one of that name, which keeps its id.</summary>
    /// <param name="runbook">What it is to be.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RunbookRecord> PutRunbookAsync(RunbookDefinition runbook, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Removes a runbook. Its runs stay.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookNotFound"/>.</exception>
    Task RemoveRunbookAsync(string name, CancellationToken cancellationToken);
}
