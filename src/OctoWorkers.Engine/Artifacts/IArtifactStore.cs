namespace OctoWorkers.Engine.Artifacts;

/// <summary>Keeps the bytes of artifacts. What they are called, and which run and step they are of, the journal says.</summary>
public interface IArtifactStore
{
    /// <summary>Stores an artifact, whole or not at all; one that is there already is replaced.</summary>
    /// <param name="run">The run.</param>
    /// <param name="number">Its number in the run.</param>
    /// <param name="pieces">Its bytes; a piece is valid until the next is taken. What they throw is thrown on, and nothing is stored.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored.</param>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreUnavailable"/> when it cannot be written.</exception>
    Task<long> WriteAsync(RunId run, int number, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken);

    /// <summary>Opens an artifact for reading.</summary>
    /// <param name="run">The run.</param>
    /// <param name="number">Its number in the run.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.ArtifactNotFound"/>.</exception>
    Stream OpenRead(RunId run, int number);

    /// <summary>All files there are, whoever they belong to, in no order.</summary>
    IReadOnlyList<StoredArtifactFile> List();

    /// <summary>Removes all artifacts of a run. A run without any: nothing happens.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreUnavailable"/> when one cannot be removed.</exception>
    void RemoveRun(RunId run);
}
