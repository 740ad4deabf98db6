namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>A file or folder that is to be copied.</summary>
/// <param name="Name">Its name below what was asked for, with <c>/</c> between folders.</param>
/// <param name="Path">Where it is read.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Length">Bytes of the file, or of that to which it links; 0 of a folder.</param>
/// <param name="Mode">Permissions of a folder; 0 where its system has none, and of a file, whose are looked up when it is copied.</param>
internal sealed record FoundItem(string Name, string Path, bool IsFolder, long Length, long Mode)
{
    /// <summary>How much there is, in words: "3 files of 1.2 MB in 2 folders".</summary>
    internal static string Sum(IReadOnlyList<FoundItem> items)
    {
        int folders = items.Count(item => item.IsFolder);
        int files = items.Count - folders;
        string size = items.Sum(item => item.Length) switch
        {
            < 1_000 and var bytes => FormattableString.Invariant($"{bytes} bytes"),
            < 1_000_000 and var bytes => FormattableString.Invariant($"{bytes / 1e3:0.0} kB"),
            < 1_000_000_000 and var bytes => FormattableString.Invariant($"{bytes / 1e6:0.0} MB"),
            var bytes => FormattableString.Invariant($"{bytes / 1e9:0.0} GB"),
        };
        return $"{files} {(files == 1 ? "file" : "files")} of {size}{(folders == 0 ? "" : $" in {folders} {(folders == 1 ? "folder" : "folders")}")}";
    }
}
