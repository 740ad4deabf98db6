namespace OctoWorkers.Engine.Definitions;

/// <summary>Finds the definitions files that paths stand for.</summary>
internal static class DefinitionFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// The files: a path of a file is that file; a folder is all of its <c>*.yaml</c> and <c>*.yml</c> files, recursively, in ordinal order, without
    /// those hidden by a leading dot. Folders that are symbolic links are not entered below the given one, so that there are no circles.
    /// </summary>
    /// <param name="paths">Paths of files and folders.</param>
    /// <param name="unreadable">What cannot be read is described here, with its path.</param>
    /// <returns>Paths that begin as the given ones do; each file once.</returns>
    internal static IReadOnlyList<string> Find(IReadOnlyList<string> paths, List<(string Path, string Problem)> unreadable)
    {
        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            foreach (string file in FindIn(path, unreadable))
            {
                if (seen.Add(Path.GetFullPath(file)))
                {
                    files.Add(file);
                }
            }
        }

        return files;
    }

    private static List<string> FindIn(string path, List<(string Path, string Problem)> unreadable)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            unreadable.Add((path, $"{FoundText.Quote(path)} is not a path"));
            return [];
        }

        if (!Directory.Exists(path))
        {
            return [path];
        }

        try
        {
            List<string> files = [];
            AddFolder(path, files);
            if (files.Count == 0)
            {
                unreadable.Add((path, $"The folder {FoundText.Quote(path)} holds no *.yaml or *.yml file"));
            }

            files.Sort(StringComparer.Ordinal);
            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unreadable.Add((path, $"The folder {FoundText.Quote(path)} cannot be read: {exception.Message.TrimEnd('.')}"));
            return [];
        }
    }

    private static void AddFolder(string folder, List<string> files)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder, "*", Everything))
        {
            string name = Path.GetFileName(entry);
            if (name.StartsWith('.'))
            {
                continue;
            }

            if (!Directory.Exists(entry))
            {
                if (name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
                {
                    files.Add(entry);
                }
            }
            else if (new DirectoryInfo(entry).LinkTarget is null)
            {
                AddFolder(entry, files);
            }
        }
    }
}
