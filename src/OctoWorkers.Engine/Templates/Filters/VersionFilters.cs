namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>The parts of a version.</summary>
internal static class VersionFilters
{
    internal static Filter[] All { get; } =
    [
        Part("VersionMajor", version => version.Numbers[0]),
        Part("VersionMinor", version => version.Numbers[1]),
        Part("VersionPatch", version => version.Numbers[2]),
        Part("VersionRevision", version => version.Numbers[3]),
        Part("VersionPreRelease", version => version.PreRelease),
        Part("VersionPreReleasePrefix", version => version.PreReleasePrefix),
        Part("VersionPreReleaseCounter", version => version.PreReleaseCounter),
        Part("VersionMetadata", version => version.Metadata),
    ];

    private static Filter Part(string name, Func<VersionParts, string> part)
        => new(name, TextFilters.WithoutOptions(text => part(VersionParts.Read(text))));
}
