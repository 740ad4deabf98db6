using System.Diagnostics;
using System.Globalization;

namespace OctoWorkers.TestKit.Processes;

/// <summary>Looks at processes through <c>/proc</c>, and ends them by id.</summary>
public static class ProcessTree
{
    /// <summary>The children of a process that have not ended.</summary>
    /// <param name="parent">The parent's id.</param>
    public static IReadOnlyList<int> Children(int parent)
        => [.. All().Where(id => Stat(id) is { } stat && stat[1] == parent.ToString(CultureInfo.InvariantCulture) && stat[0] != "Z")];

    /// <summary>Whether a process runs; a zombie does not.</summary>
    /// <param name="id">Its id.</param>
    public static bool IsRunning(int id) => Stat(id) is { } stat && stat[0] != "Z";

    /// <summary>Whether a process was suspended with STOP.</summary>
    /// <param name="id">Its id.</param>
    public static bool IsSuspended(int id) => Stat(id) is { } stat && stat[0] == "T";

    /// <summary>Whether the environment that a process was started with holds a text.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="text">The text.</param>
    public static bool EnvironmentHolds(int id, string text)
        => Read($"/proc/{id}/environ").Contains(text, StringComparison.Ordinal);

    /// <summary>Those whose command line holds a text.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<int> WithCommandLine(string text)
        => [.. All().Where(id => Read($"/proc/{id}/cmdline").Replace('\0', ' ').Contains(text, StringComparison.Ordinal) && IsRunning(id))];

    /// <summary>Those that were started with an environment that holds a text.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<int> WithEnvironment(string text) => [.. All().Where(id => EnvironmentHolds(id, text) && IsRunning(id))];

    /// <summary>Those that have a file open whose path meets a condition.</summary>
    /// <param name="path">The condition.</param>
    public static IReadOnlyList<int> HoldersOf(Func<string, bool> path) => [.. All().Where(id => OpenFiles(id).Any(path))];

    /// <summary>Suspends a process with STOP.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task SuspendAsync(int id, CancellationToken cancellationToken)
    {
        using Process stop = Process.Start("kill", ["-STOP", id.ToString(CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a process with KILL; one that has gone is no error.</summary>
    /// <param name="id">Its id.</param>
    public static void Kill(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has gone.
        }
    }

    private static IEnumerable<int> All()
        => Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0);

    private static IReadOnlyList<string> OpenFiles(int id)
    {
        try
        {
            return [.. new DirectoryInfo($"/proc/{id}/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget).OfType<string>()];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[]? Stat(int id)
    {
        string text = Read($"/proc/{id}/stat");
        int name = text.LastIndexOf(')');
        return name < 0 ? null : text[(name + 2)..].Split(' ');
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
