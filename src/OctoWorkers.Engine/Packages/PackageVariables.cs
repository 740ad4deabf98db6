namespace OctoWorkers.Engine.Packages;

/// <summary>What a step sees of its packages: <c>Octopus.Action.Package[name].…</c>, and without a name for the primary one.</summary>
internal static class PackageVariables
{
    /// <summary>Those of a step.</summary>
    /// <param name="packages">Its packages, as the plan has them.</param>
    /// <param name="folders">The folder that each is in on the worker, by name; empty before the step has begun.</param>
    public static IEnumerable<(string Name, string Value)> Of(IReadOnlyList<PlannedPackage> packages, IReadOnlyDictionary<string, string> folders)
        => packages.SelectMany(package =>
        {
            string prefix = package.Name.Length == 0 ? "Octopus.Action.Package" : $"Octopus.Action.Package[{package.Name}]";
            return Of(package, folders.GetValueOrDefault(package.Name)).Select(variable => ($"{prefix}.{variable.Name}", variable.Value));
        });

    private static IEnumerable<(string Name, string Value)> Of(PlannedPackage package, string? folder)
    {
        yield return ("PackageId", package.PackageId);
        yield return ("PackageVersion", package.Version ?? "");
        yield return ("FeedId", package.FeedId.ToString());
        if (folder is not null && package.Extract)
        {
            yield return ("ExtractedPath", folder);
        }
        else if (folder is not null)
        {
            yield return ("PackageFilePath", $"{folder}/{package.FileName}");
            yield return ("PackageFileName", package.FileName!);
        }
    }
}
