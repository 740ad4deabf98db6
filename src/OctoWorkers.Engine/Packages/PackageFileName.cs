namespace OctoWorkers.Engine.Packages;

/// <summary>
/// The names of packages' files: <c>Id.1.2.3-beta.1.zip</c>. An id may hold dots and numbers, so the version is the longest end that is one:
/// <c>Acme.Web.1.0.0.zip</c> is version 1.0.0 of Acme.Web, and <c>Acme.2.1.0.zip</c> version 2.1.0 of Acme.
/// </summary>
internal static class PackageFileName
{
    private static readonly string[] Extensions = [".tar.gz", ".tgz", ".nupkg", ".zip"];

    /// <summary>The id and version in a file's name; null when it is not that of a package.</summary>
    internal static (string Id, PackageVersion Version)? Parse(string name)
    {
        if (Extensions.FirstOrDefault(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return null;
        }

        string stem = name[..^found.Length];
        for (int dot = stem.IndexOf('.', 1); dot > 0 && dot < stem.Length - 1; dot = stem.IndexOf('.', dot + 1))
        {
            if (PackageVersion.TryParse(stem[(dot + 1)..]) is { } version && IsId(stem[..dot]))
            {
                return (stem[..dot], version);
            }
        }

        return null;
    }

    /// <summary>Whether the file is a compressed tar archive; otherwise it is a zip archive.</summary>
    internal static bool IsTar(string name)
        => name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);

    private static bool IsId(string text)
        => text.Length <= EntityName.MaxLength && char.IsAsciiLetterOrDigit(text[0]) && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '_' or '-');
}
