namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Finds what a folder of this machine holds, to the bottom. Links are followed, but none that leads back to a folder that it is in: that would go on without an end.</summary>
internal sealed class FolderWalk
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly List<FoundItem> items = [];
    private readonly List<LeftOutItem> leftOut = [];
    private readonly Stack<string> above = new();

    private FolderWalk()
    {
    }

    /// <summary>What there is: the folder itself first, without a name, and each folder before what it holds.</summary>
    internal IReadOnlyList<FoundItem> Items => items;

    /// <summary>What there is and cannot be copied.</summary>
    internal IReadOnlyList<LeftOutItem> LeftOut => leftOut;

    /// <summary>Walks through a folder.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: some of it cannot be read.</exception>
    internal static FolderWalk Through(string folder)
    {
        FolderWalk walk = new();
        try
        {
            walk.Enter(new DirectoryInfo(folder), "", RealPath(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"The folder '{folder}' cannot be read: {e.Message}", folder, e);
        }

        return walk;
    }

    /// <summary>The permissions of a file or folder, or of that to which it links; 0 where there are none.</summary>
    internal static int ModeOf(FileSystemInfo item) => OperatingSystem.IsWindows() ? 0 : (int)item.UnixFileMode;

    private void Enter(DirectoryInfo folder, string name, string place)
    {
        items.Add(new(name, folder.FullName, IsFolder: true, 0, ModeOf(folder)));
        above.Push(place);
        foreach (FileSystemInfo below in folder.EnumerateFileSystemInfos("*", All))
        {
            string inner = name.Length == 0 ? below.Name : $"{name}/{below.Name}";
            if (LeftOutItem.Of(below, isAskedFor: false) is { } one)
            {
                leftOut.Add(one);
                continue;
            }

            if (below is not DirectoryInfo inside)
            {
                items.Add(new(inner, below.FullName, IsFolder: false, LengthOf((FileInfo)below), 0));
                continue;
            }

            string there = inside.LinkTarget is null ? Path.Combine(place, inside.Name) : RealPath(inside.FullName);
            if (above.Contains(there))
            {
                leftOut.Add(new(inside.FullName, LeftOutReason.Loop, "", IsAskedFor: false));
            }
            else
            {
                Enter(inside, inner, there);
            }
        }

        above.Pop();
    }

    private static long LengthOf(FileInfo file) => ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length;

    // Links may be anywhere in a path, also in that to which another one leads.
    private static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            real = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : next;
        }

        return real;
    }
}
