namespace OctoWorkers;

/// <summary>A feed of packages: a folder of files <c>Id.1.2.3.zip</c>, <c>.nupkg</c> or <c>.tar.gz</c>.</summary>
public sealed record FeedDefinition
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The folder, absolute.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name or the path is not usable.</exception>
    public FeedDefinition(string name, string path)
    {
        Name = EntityName.Require(name, "feed");
        if (EntityName.Comparer.Equals(name, FeedRecord.BuiltInName))
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"The feed '{name}' is the built-in one, which is always there; give this one another name.", name);
        }

        if (string.IsNullOrEmpty(path) || !System.IO.Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new OctoWorkersException(EngineError.InvalidDefinition, $"The folder '{path}' of feed '{name}' is no absolute path.", path);
        }

        Path = path;
    }

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";
}
