namespace OctoWorkers.Engine.Packages;

/// <summary>
/// The paths of an archive, which must stay below the folder that it is extracted to, whatever program extracts it: no absolute path, no <c>..</c> that
/// leads out, no link that does, and nothing that is reached through a link.
/// </summary>
/// <param name="archive">The archive's name, for messages.</param>
internal sealed class ArchivePaths(string archive)
{
    private readonly HashSet<string> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> through = new(StringComparer.Ordinal);

    /// <summary>Adds a file or a folder.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageInvalid"/>.</exception>
    internal void Add(string path) => Pass(Resolve(path, path, ""), path);

    /// <summary>Adds a symbolic link.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageInvalid"/>.</exception>
    internal void AddLink(string path, string target)
    {
        string place = Resolve(path, path, "");
        Pass(place, path);
        Pass(Resolve(target, path, Parent(place)), path);
        if (!links.Add(place))
        {
            throw Problem(path, "comes more than once, and is a link");
        }
    }

    /// <summary>Adds a second name of a file that is in the archive.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageInvalid"/>.</exception>
    internal void AddHardLink(string path, string target)
    {
        Pass(Resolve(path, path, ""), path);
        string file = Resolve(target, path, "");
        Pass(file, path);
        through.TryAdd(file, path);
    }

    /// <summary>Checks what only the whole archive shows.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageInvalid"/>.</exception>
    internal void Finish()
    {
        foreach (string link in links)
        {
            if (through.TryGetValue(link, out string? path))
            {
                throw Problem(path, $"is reached through the link '{link}'");
            }
        }
    }

    // Remembers the folders on the way: none of them may turn out to be a link.
    private void Pass(string place, string path)
    {
        for (string folder = Parent(place); folder.Length > 0; folder = Parent(folder))
        {
            if (!through.TryAdd(folder, path))
            {
                break;
            }
        }
    }

    private string Resolve(string path, string entry, string from)
    {
        string plain = path.Replace('\\', '/');
        if (plain.StartsWith('/') || (plain.Length > 1 && plain[1] == ':'))
        {
            throw Problem(entry, path == entry ? "is absolute" : $"links to '{path}', which is absolute");
        }

        List<string> parts = [.. from.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string part in plain.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                throw Problem(entry, path == entry ? "leads out of the folder" : $"links to '{path}', which leads out of the folder");
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private OctoWorkersException Problem(string path, string what)
        => new(EngineError.PackageInvalid, $"Package '{archive}' must not be extracted: its entry '{path}' {what}. Make the package again without it.", archive);

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";
}
