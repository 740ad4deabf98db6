namespace OctoWorkers.Storage.Backups;

/// <summary>The error for a backup that is not as it was written.</summary>
internal static class DamagedBackup
{
    private const int MostNamed = 5;

    /// <summary>Of something that was found.</summary>
    /// <param name="path">The backup's file.</param>
    /// <param name="found">What was found, without a full stop.</param>
    /// <param name="cause">What told so; null: nothing was thrown.</param>
    internal static OctoWorkersException Of(string path, string found, Exception? cause = null)
        => new(
            EngineError.StoreCorrupt,
            $"'{path}' is damaged or is no backup of a store: {found.TrimEnd('.')}. Nothing was restored. Use another backup, or get another copy of this one.", path, cause);

    /// <summary>Of files that are not as its manifest says; null when all are.</summary>
    /// <param name="path">The backup's file.</param>
    /// <param name="expected">What the manifest says.</param>
    /// <param name="found">What is there.</param>
    internal static OctoWorkersException? Difference(string path, IReadOnlyList<BackupFile> expected, IReadOnlyDictionary<string, BackupFile> found)
    {
        HashSet<string> names = [.. expected.Select(file => file.Name)];
        string[] differences =
        [
            .. expected.Where(file => !found.ContainsKey(file.Name)).Select(file => $"'{file.Name}' is missing"),
            .. expected.Where(file => found.TryGetValue(file.Name, out BackupFile? same) && same != file).Select(file => $"'{file.Name}' is not as it was written"),
            .. found.Keys.Where(name => !names.Contains(name)).Select(name => $"'{name}' was not in it when it was written"),
        ];
        return differences.Length == 0
            ? null
            : Of(path, string.Join("; ", differences.Take(MostNamed)) + (differences.Length > MostNamed ? $"; and {differences.Length - MostNamed} more" : ""));
    }
}
