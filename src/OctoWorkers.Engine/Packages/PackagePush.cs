using OctoWorkers.Engine.Artifacts;

namespace OctoWorkers.Engine.Packages;

/// <summary>Puts a file into a feed, whole or not at all.</summary>
internal static class PackagePush
{
    /// <summary>Pushes.</summary>
    /// <param name="library">The feeds.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="file">The file, named <c>Id.1.2.3.zip</c>.</param>
    /// <param name="overwrites">Whether other bytes under the same version are replaced.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <returns>The package in the feed.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.PackageInvalid"/>; <see cref="EngineError.PackageChanged"/> when the feed has other bytes under the version;
    /// <see cref="EngineError.InvalidArgument"/> when the file cannot be read; <see cref="EngineError.StoreUnavailable"/> when the feed cannot be written.
    /// </exception>
    internal static async Task<PackageRecord> PushAsync(
        PackageLibrary library, FeedRecord feed, string file, bool overwrites, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(file);
        if (PackageFileName.Parse(name) is not var (id, version))
        {
            throw new OctoWorkersException(
                EngineError.PackageInvalid,
                $"'{name}' is not named like a package: expected an id of letters, digits, '.', '_' and '-', a version and '.zip', '.nupkg' or '.tar.gz', such as 'Acme.Web.1.2.3.zip'.", file);
        }

        if (!File.Exists(file))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"There is no file '{file}' to push.", file);
        }

        string hash = await HashAsync(file, cancellationToken).ConfigureAwait(false);
        await PackageArchive.CheckAsync(file, cancellationToken).ConfigureAwait(false);
        PackageRecord? there = FolderFeed.List(feed).FirstOrDefault(one => EntityName.Comparer.Equals(one.PackageId, id) && one.Version == version);
        if (there is not null && !overwrites)
        {
            string before = await library.GetHashAsync(feed, there, keeps: true, cancellationToken).ConfigureAwait(false);
            return before == hash ? there with { Hash = hash } : throw PackageLibrary.Changed(feed, there, before, hash);
        }

        await CopyAsync(feed, file, name, cancellationToken).ConfigureAwait(false);
        if (there is not null && there.FileName != name)
        {
            File.Delete(FolderFeed.PathOf(feed, there.FileName));
        }

        PackageRecord pushed = FolderFeed.List(feed).First(one => one.FileName == name);
        await library.KeepAsync(feed, pushed, hash, cancellationToken).ConfigureAwait(false);
        return pushed with { Hash = hash };
    }

    private static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await PackageHash.OfAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"The file '{file}' cannot be read: {e.Message}", file, e);
        }
    }

    private static async Task CopyAsync(FeedRecord feed, string file, string name, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(feed.Path);
            FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (source.ConfigureAwait(false))
            {
                await ArtifactFile.WriteAsync(source, FolderFeed.PathOf(feed, name), replaces: true, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.StoreUnavailable, $"The folder '{feed.Path}' of feed '{feed.Name}' cannot be written: {e.Message}", feed.Name, e);
        }
    }
}
