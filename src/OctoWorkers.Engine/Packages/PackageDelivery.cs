using System.Collections.Concurrent;
using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Packages;

/// <summary>
/// Acquire Packages: brings packages to the caches of workers, each once however many runs want it. While it moves something it has the worker for itself
/// (semantics, section 3).
/// </summary>
internal sealed class PackageDelivery(RunServices services)
{
    private const int Tries = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, bool> harmless = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(WorkerId Worker, string Hash), SemaphoreSlim> turns = new();

    /// <summary>Brings packages to a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="run">The run, entered on it; null: nobody's.</param>
    /// <param name="step">The run's step.</param>
    /// <param name="packages">The packages.</param>
    /// <param name="waiting">Hears for whom it waits; null: no longer.</param>
    /// <param name="cancellationToken">Gives up; what has come stays there.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.PackageChanged"/>, <see cref="EngineError.PackageNotFound"/>, <see cref="EngineError.PackageInvalid"/>, <see cref="EngineError.FeedNotFound"/>;
    /// <see cref="EngineError.WorkerUnavailable"/> and its like when the worker is gone.
    /// </exception>
    public async Task<IReadOnlyList<AcquiredPackage>> DeliverAsync(
        WorkerRecord worker, RunRecord? run, int step, IReadOnlyList<PlannedPackage> packages, Func<Wait?, Task> waiting, CancellationToken cancellationToken)
    {
        PlannedPackage[] moved = [.. packages.Where(package => package.IsMoved).DistinctBy(package => package.Hash)];
        if (await AreThereAsync(worker, run, moved, cancellationToken).ConfigureAwait(false))
        {
            return [.. moved.Select(package => Acquired(worker, package, 0))];
        }

        LockRequest request = new(
            worker.Id.ToString(), worker.Name, services.Engine, run?.Id, run?.FencingToken ?? 0, step, AcquiresPackages: true, LockMode.Write, services.Time.GetUtcNow());
        await LockWait.TakeAsync(
            services.Store, services.Time, request, before => waiting(before is null ? null : LockWait.Of(request, before)), cancellationToken).ConfigureAwait(false);
        try
        {
            List<AcquiredPackage> acquired = new(moved.Length);
            foreach (PlannedPackage package in moved)
            {
                acquired.Add(Acquired(worker, package, await MoveInTurnAsync(worker, run, package, cancellationToken).ConfigureAwait(false)));
            }

            if (acquired.Exists(one => one.Moved > 0))
            {
                EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
                await CleanAsync(worker, settings.PackageCacheSize, settings.PackageCacheAge, cancellationToken).ConfigureAwait(false);
            }

            return acquired;
        }
        finally
        {
            await services.Store.ReleaseLockAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Removes from a worker's cache what no run uses.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="mostBytes">How much may stay.</param>
    /// <param name="oldest">How long it may be unused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CacheClearance> CleanAsync(WorkerRecord worker, long mostBytes, TimeSpan oldest, CancellationToken cancellationToken)
    {
        IWorkerChannel channel = await services.Links.To(worker).OpenAsync(cancellationToken).ConfigureAwait(false);
        (long removed, long left) = await WorkerAnswer.WithinAsync(
            worker.Name, WorkerAnswer.Patience, services.Time, token => channel.Packages.CleanAsync(mostBytes, oldest, token), cancellationToken).ConfigureAwait(false);
        return new(worker.Name, removed, left);
    }

    private async Task<bool> AreThereAsync(WorkerRecord worker, RunRecord? run, IReadOnlyList<PlannedPackage> packages, CancellationToken cancellationToken)
    {
        IWorkerChannel channel = await services.Links.To(worker).OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (PlannedPackage package in packages)
        {
            long? missing = await WorkerAnswer.WithinAsync(
                worker.Name, WorkerAnswer.Patience, services.Time, token => channel.Packages.FindAsync(run?.Id.ToString(), package.Hash!, token), cancellationToken).ConfigureAwait(false);
            if (missing is not null)
            {
                return false;
            }
        }

        return true;
    }

    // Steps of one run are in nobody's way at the lock of its worker: of those that want the same package at once, one brings it.
    private async Task<long> MoveInTurnAsync(WorkerRecord worker, RunRecord? run, PlannedPackage package, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = turns.GetOrAdd((worker.Id, package.Hash!), _ => new(1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await MoveAsync(worker, run, package, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    // A connection that breaks says little of its worker: as long as another one can be opened, and brings something, sending goes on.
    private async Task<long> MoveAsync(WorkerRecord worker, RunRecord? run, PlannedPackage package, CancellationToken cancellationToken)
    {
        string path = await PathOfAsync(package, cancellationToken).ConfigureAwait(false);
        long sent = 0;
        TimeSpan pause = FirstPause;
        for (int failures = 0; ;)
        {
            IWorkerChannel channel = await services.Links.To(worker).OpenAsync(cancellationToken).ConfigureAwait(false);
            PackageSender sender = new(channel.Packages, worker.Name, path, package, services.Time);
            try
            {
                await sender.SendAsync(run?.Id.ToString(), cancellationToken).ConfigureAwait(false);
                return sent + sender.Sent;
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.WorkerUnavailable && ++failures < Tries)
            {
                sent += sender.Sent;
                if (!channel.Broken.IsCancellationRequested)
                {
                    await channel.DisposeAsync().ConfigureAwait(false);
                }
            }

            await Task.Delay(pause, services.Time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<string> PathOfAsync(PlannedPackage package, CancellationToken cancellationToken)
    {
        FeedRecord feed = await services.Packages.GetFeedAsync(package.Feed, cancellationToken).ConfigureAwait(false);
        string path = FolderFeed.PathOf(feed, package.FileName!);
        if (package.Extract && !harmless.ContainsKey(package.Hash!))
        {
            await PackageArchive.CheckAsync(path, cancellationToken).ConfigureAwait(false);
            harmless[package.Hash!] = true;
        }

        return path;
    }

    private static AcquiredPackage Acquired(WorkerRecord worker, PlannedPackage package, long moved)
        => new(worker.Name, package.PackageId, package.Version!, package.Hash!, package.Size, moved);
}
