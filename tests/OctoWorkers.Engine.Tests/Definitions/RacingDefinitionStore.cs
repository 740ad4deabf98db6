using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Tests.Definitions;

/// <summary>A store that somebody else changes between the moment when it is looked at and the one when it is to be changed.</summary>
internal sealed class RacingDefinitionStore(StoredDefinitions seen, StoredDefinitions then) : IDefinitionStore
{
    /// <summary>What was put; null: nothing was.</summary>
    public DefinitionsToPut? Put { get; private set; }

    public Task<StoredDefinitions> GetDefinitionsAsync(CancellationToken cancellationToken) => Task.FromResult(seen);

    public Task<DefinitionsToPut> ChangeDefinitionsAsync(
        Func<StoredDefinitions, DefinitionsToPut> decide, DateTimeOffset at, CancellationToken cancellationToken)
        => Task.FromResult(Put = decide(then));
}
