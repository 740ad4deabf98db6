namespace OctoWorkers.Engine.Packages;

/// <summary>The folder of a feed that somebody adds by hand.</summary>
public static class FeedFolder
{
    /// <summary>Requires that it is there: a feed of a folder that is not is a typing error more often than it is meant.</summary>
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
