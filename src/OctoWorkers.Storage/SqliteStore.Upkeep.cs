using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>Examination, backup, compaction.</content>
public sealed partial class SqliteStore
{
    private const int MostNamed = 20;

    /// <inheritdoc/>
    public async Task<StoreCondition> ExamineAsync(IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        IReadOnlyList<string> found = await Task.Run(
            () => readers.ReadAsync(session => StoreCheck.Run(session, path, isThorough: true), cancellationToken), cancellationToken).ConfigureAwait(false);
        return new(Location, [.. found, .. await ArtifactComparison.FindAsync(readers, artifacts, cancellationToken).ConfigureAwait(false)]);
    }

    /// <inheritdoc/>
    public Task<StoreBackup> BackupAsync(string file, IArtifactStore artifacts, bool overwrites, bool includesPackages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        IReadOnlyList<FileInfo> packages = includesPackages ? FeedFolder.Packages(Path.Combine(Location, FeedFolder.BuiltIn)) : [];
        return new BackupWriter(source, path, readers, artifacts, packages, time).WriteAsync(file, overwrites, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoreCompaction> CompactAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> unfinished = await GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false);
        long[] driven = [.. unfinished.Where(run => run.Owner is { } owner && registry.IsAlive(owner)).Select(run => run.Id.Number)];
        return driven.Length == 0
            ? await Task.Run(() => Compaction.Run(source, path), cancellationToken).ConfigureAwait(false)
            : throw new OctoWorkersException(
                EngineError.InUse,
                $"The store '{path}' cannot be compacted while runs are under way, since they could not write meanwhile: {RunNames.Of(driven.Take(MostNamed))}. "
                + "Wait for them.",
                path);
    }
}
