namespace OctoWorkers.Engine.Packages;

/// <summary>The folders of feeds.</summary>
public static class FeedFolder
{
    /// <summary>The name of the built-in feed's folder in the store's.</summary>
    public const string BuiltIn = "packages";

    /// <summary>The files of packages in a folder, by name; none where it is not there.</summary>
    /// <param name="path">The folder.</param>
    public static IReadOnlyList<FileInfo> Packages(string path)
        => new DirectoryInfo(path) is { Exists: true } folder
            ? [.. folder.EnumerateFiles().Where(file => IsPackage(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal)]
            : [];

    /// <summary>Whether a file of that name is a package.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsPackage(string name) => PackageFileName.Parse(name) is not null;

    /// <summary>Requires that the folder of a feed that somebody adds by hand is there: a feed of a folder that is not is a typing error more often than it is meant.</summary>
    /// <param name="feed">The feed.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public static void Require(FeedDefinition feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (!Directory.Exists(feed.Path))
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"Feed '{feed.Name}': there is no folder '{feed.Path}'. Make it first, or name the one that has the packages.", feed.Path);
        }
    }
}
