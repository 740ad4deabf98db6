using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>Feeds, packages and the locks of machines.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<FeedRecord>> GetFeedsAsync(CancellationToken cancellationToken) => readers.ReadAsync(FeedTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<FeedRecord> PutFeedAsync(FeedDefinition feed, bool mustBeNew, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return Define(session => audit.Put(session, DefinitionKind.Feed, feed.Name, null, () => FeedTable.Put(session, feed, mustBeNew)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveFeedAsync(string name, CancellationToken cancellationToken) => Remove(DefinitionKind.Feed, name, FeedTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<KnownPackage?> GetKnownPackageAsync(FeedId feed, string packageId, PackageVersion version, CancellationToken cancellationToken)
        => readers.ReadAsync(session => KnownPackageTable.Get(session, feed, packageId, version), cancellationToken);

    /// <inheritdoc/>
    public Task SetKnownPackageAsync(FeedId feed, string packageId, PackageVersion version, KnownPackage known, CancellationToken cancellationToken)
        => Define(session => KnownPackageTable.Set(session, feed, packageId, version, known), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MachineLock>> TakeLockAsync(LockRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Who waits asks often: that must not write, or it would wake all others who wait.
        return await readers.ReadAsync(session => LockTable.Before(session, request, registry.IsAlive), cancellationToken).ConfigureAwait(false)
            ?? await writer.WriteAsync(session => LockTable.Take(session, request, registry.IsAlive), false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReleaseLockAsync(LockRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Note(session => LockTable.Release(session, request), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MachineLock>> GetLocksAsync(CancellationToken cancellationToken) => readers.ReadAsync(LockTable.All, cancellationToken);
}
