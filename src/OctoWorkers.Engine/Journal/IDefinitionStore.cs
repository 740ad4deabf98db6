namespace OctoWorkers.Engine.Journal;

/// <summary>All that people define, read and changed as a whole.</summary>
public interface IDefinitionStore
{
    /// <summary>Everything that is defined, as it is at one moment.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<StoredDefinitions> GetDefinitionsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Changes definitions in one transaction: reads what is stored, has it decided what is to be put, and puts all of that. When deciding throws,
    /// or something cannot be put, nothing is stored and the exception goes to the caller.
    /// </summary>
    /// <param name="decide">
    /// Pure, since it may be called again: from what is stored to what is to be put. What it does not name stays as it is.
    /// </param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    /// <returns>What was put.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/> for a pool of a worker that is neither stored nor put.</exception>
    Task<DefinitionsToPut> ChangeDefinitionsAsync(
        Func<StoredDefinitions, DefinitionsToPut> decide, DateTimeOffset at, CancellationToken cancellationToken);
}
