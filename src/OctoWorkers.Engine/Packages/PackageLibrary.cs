using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Packages;

/// <summary>The feeds of a store and their packages.</summary>
/// <param name="store">The store.</param>
/// <param name="builtIn">The folder of the built-in feed.</param>
internal sealed class PackageLibrary(IStore store, string builtIn)
{
    /// <summary>All feeds, the built-in one first.</summary>
    public async Task<IReadOnlyList<FeedRecord>> GetFeedsAsync(CancellationToken cancellationToken)
        => [BuiltIn, .. await store.GetFeedsAsync(cancellationToken).ConfigureAwait(false)];

    /// <summary>A feed by name; null: the built-in one.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FeedNotFound"/>.</exception>
    public async Task<FeedRecord> GetFeedAsync(string? name, CancellationToken cancellationToken)
        => name is null ? BuiltIn : Named.Feed(await GetFeedsAsync(cancellationToken).ConfigureAwait(false), name);

    /// <summary>The SHA-256 of a package, which must be what it was when it was looked at before.</summary>
    /// <param name="feed">Its feed.</param>
    /// <param name="package">The package.</param>
    /// <param name="keeps">Whether what is found is kept in the store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageChanged"/>; <see cref="EngineError.PackageNotFound"/> when its file cannot be read.</exception>
    public async Task<string> GetHashAsync(FeedRecord feed, PackageRecord package, bool keeps, CancellationToken cancellationToken)
    {
        KnownPackage? known = await store.GetKnownPackageAsync(feed.Id, package.PackageId, package.Version, cancellationToken).ConfigureAwait(false);
        if (known is not null && known.Size == package.Size && known.Modified == package.Modified)
        {
            return known.Hash;
        }

        string hash = await ReadHashAsync(FolderFeed.PathOf(feed, package.FileName), package, cancellationToken).ConfigureAwait(false);
        if (known is not null && known.Hash != hash)
        {
            throw Changed(feed, package, known.Hash, hash);
        }

        if (keeps)
        {
            await KeepAsync(feed, package, hash, cancellationToken).ConfigureAwait(false);
        }

        return hash;
    }

    /// <summary>Keeps what the bytes of a package are, whatever they were before.</summary>
    public Task KeepAsync(FeedRecord feed, PackageRecord package, string hash, CancellationToken cancellationToken)
        => store.SetKnownPackageAsync(feed.Id, package.PackageId, package.Version, new(hash, package.Size, package.Modified), cancellationToken);

    /// <summary>The feed that every store has.</summary>
    public FeedRecord BuiltIn { get; } = new(FeedId.BuiltIn, FeedRecord.BuiltInName, builtIn, "The folder 'packages' of the home folder.");

    internal static async Task<string> ReadHashAsync(string path, PackageRecord package, CancellationToken cancellationToken)
    {
        try
        {
            return await PackageHash.OfAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.PackageNotFound, $"The file '{path}' of package {package} cannot be read: {e.Message}", package.PackageId, e);
        }
    }

    internal static OctoWorkersException Changed(FeedRecord feed, PackageRecord package, string before, string now)
        => new(
            EngineError.PackageChanged,
            $"Package {package} of feed {FoundText.Quote(feed.Name)} has changed under the same version: its SHA-256 was {before} and is {now}. "
                + "Give what has changed a version of its own, or push the package again and have it overwrite the other.",
            package.PackageId);
}
