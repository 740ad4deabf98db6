using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>Makes one store of a kind and opens it as often as a test likes, as several processes would.</summary>
public abstract class StoreFactory : IAsyncDisposable
{
    /// <summary>Opens the store, a new one at first.</summary>
    public abstract Task<IStore> OpenAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
