using OctoWorkers.Engine.Packages;

namespace OctoWorkers.Engine;

/// <content>Feeds and packages.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>All feeds, the built-in one first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<FeedRecord>> GetFeedsAsync(CancellationToken cancellationToken) => services.Packages.GetFeedsAsync(cancellationToken);

    /// <summary>The packages of a feed, by id, newest version first.</summary>
    /// <param name="feed">The feed's name; null: the built-in one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FeedNotFound"/>.</exception>
    public async Task<IReadOnlyList<PackageRecord>> GetPackagesAsync(string? feed, CancellationToken cancellationToken)
        => FolderFeed.List(await services.Packages.GetFeedAsync(feed, cancellationToken).ConfigureAwait(false));

    /// <summary>Puts a file into a feed, whole or not at all. One that is there already with the same bytes stays as it is.</summary>
    /// <param name="file">The file, named <c>Id.1.2.3.zip</c>, <c>.nupkg</c> or <c>.tar.gz</c>.</param>
    /// <param name="feed">The feed's name; null: the built-in one.</param>
    /// <param name="overwrites">Whether other bytes under the same version are replaced.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <returns>The package in the feed, with its hash.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.PackageInvalid"/>, <see cref="EngineError.PackageChanged"/>, <see cref="EngineError.FeedNotFound"/>,
    /// <see cref="EngineError.InvalidArgument"/>, <see cref="EngineError.StoreUnavailable"/>.
    /// </exception>
    public async Task<PackageRecord> PushPackageAsync(string file, string? feed, bool overwrites, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return await PackagePush.PushAsync(
            services.Packages, await services.Packages.GetFeedAsync(feed, cancellationToken).ConfigureAwait(false), file, overwrites, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings a package to a worker's cache ahead of the runs that will use it.</summary>
    /// <param name="package">The package.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="waiting">Hears for whom it waits, in words; null: no longer.</param>
    /// <param name="cancellationToken">Gives up; what has come stays there.</param>
    /// <exception cref="OctoWorkersException">The package cannot be had, or the worker not be reached.</exception>
    public async Task<AcquiredPackage> AcquirePackageAsync(
        PackageReference package, WorkerRecord worker, Func<string?, Task> waiting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(worker);
        PackageChooser chooser = new(services.Packages, await GetFeedsAsync(cancellationToken).ConfigureAwait(false), keeps: true);
        IReadOnlyList<PlannedPackage> chosen = await chooser.ChooseAsync(
            [package with { Acquire = PackageAcquisition.Worker }], [], cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            // The lock of the worker is this process's, and ends with it.
            registration ??= Store.Register(services.Engine);
        }

        return (await services.Delivery.DeliverAsync(worker, null, 0, null, chosen, wait => waiting(wait?.What), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Removes from a worker's package cache what no run uses.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="oldest">Only what was not used for so long; zero: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CacheClearance> CleanWorkerAsync(WorkerRecord worker, TimeSpan oldest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return services.Delivery.CleanAsync(worker, long.MaxValue, oldest, cancellationToken);
    }
}
