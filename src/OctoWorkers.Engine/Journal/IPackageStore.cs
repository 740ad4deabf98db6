using OctoWorkers.Engine.Packages;

namespace OctoWorkers.Engine.Journal;

/// <summary>Feeds, and what is known of their packages. Names and ids are compared without case.</summary>
public interface IPackageStore
{
    /// <summary>All feeds but the built-in one, by id.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<FeedRecord>> GetFeedsAsync(CancellationToken cancellationToken);

    /// <summary>Adds a feed, or changes the one of that name: its id stays.</summary>
    /// <param name="feed">What it is to be.</param>
    /// <param name="mustBeNew">Whether one of that name is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>.</exception>
    Task<FeedRecord> PutFeedAsync(FeedDefinition feed, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Removes a feed; its folder stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FeedNotFound"/>; <see cref="EngineError.InUse"/> while a step of a runbook names it.</exception>
    Task RemoveFeedAsync(string name, CancellationToken cancellationToken);

    /// <summary>What the bytes of a package were when they were last looked at; null: never.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="packageId">The package's id.</param>
    /// <param name="version">Its version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<KnownPackage?> GetKnownPackageAsync(FeedId feed, string packageId, PackageVersion version, CancellationToken cancellationToken);

    /// <summary>Keeps what the bytes of a package are. A feed that is gone by now: nothing happens.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="packageId">The package's id.</param>
    /// <param name="version">Its version.</param>
    /// <param name="known">What they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetKnownPackageAsync(FeedId feed, string packageId, PackageVersion version, KnownPackage known, CancellationToken cancellationToken);
}
