using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Packages;

/// <summary>A feed that is a folder.</summary>
internal static class FolderFeed
{
    /// <summary>The packages in it, by id, newest version first. Files that are no packages are passed over.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FeedNotFound"/> when the folder is not there or cannot be read; that of the built-in feed is made by the first push.</exception>
    internal static IReadOnlyList<PackageRecord> List(FeedRecord feed)
    {
        DirectoryInfo folder = new(feed.Path);
        if (!folder.Exists && feed.IsBuiltIn)
        {
            return [];
        }

        try
        {
            return [.. folder.EnumerateFiles()
                .Select(file => Read(feed, file))
                .OfType<PackageRecord>()
                .OrderBy(package => package.PackageId, EntityName.Comparer)
                .ThenByDescending(package => package.Version)
                .ThenBy(package => package.FileName, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = folder.Exists ? $"cannot be read: {e.Message}" : "does not exist. Make it, or change the feed.";
            throw new OctoWorkersException(EngineError.FeedNotFound, $"The folder '{feed.Path}' of feed {FoundText.Quote(feed.Name)} {why}", feed.Name, e);
        }
    }

    internal static string PathOf(FeedRecord feed, string fileName) => Path.Combine(feed.Path, fileName);

    private static PackageRecord? Read(FeedRecord feed, FileInfo file)
        => PackageFileName.Parse(file.Name) is var (id, version)
            ? new(feed.Name, id, version, file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc))
            : null;
}
