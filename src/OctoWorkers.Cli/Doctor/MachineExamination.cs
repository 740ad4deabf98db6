using System.Globalization;

namespace OctoWorkers.Cli.Doctor;

/// <summary>Looks at this machine, without the store.</summary>
/// <param name="home">The store's folder.</param>
/// <param name="time">The clock.</param>
internal sealed class MachineExamination(string home, TimeProvider time)
{
    private const long LittleSpace = 1L << 30;
    private const long TooLittleSpace = 100L << 20;

    // No clock of a machine that runs this version can be right with an earlier year.
    private const int EarliestYear = 2025;

    internal async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        Task<Finding>[] tools =
        [
            ToolCheck.RunAsync(
                "sh", "sh", ["-c", "echo a POSIX shell answers"],
                (Verdict.Problem, "Install a POSIX shell as 'sh': local workers and the background driver need it."), time, cancellationToken),
            ToolCheck.RunAsync(
                "bash", "bash", ["--version"],
                (Verdict.Warning, "Install bash, unless no step runs a Bash script on this machine."), time, cancellationToken),
            ToolCheck.RunAsync(
                "ssh", "ssh", ["-V"], (Verdict.Warning, "Install the OpenSSH client, unless all workers are local."), time, cancellationToken),
        ];
        return [Platform(), Clock(), Space(), .. await Task.WhenAll(tools).ConfigureAwait(false)];
    }

    private static Finding Platform()
    {
        string system = System.Runtime.InteropServices.RuntimeInformation.OSDescription;
        return OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
            ? new("platform", Verdict.Ok, system)
            : new("platform", Verdict.Problem, system, "Use Linux or macOS: the engine does not run elsewhere yet.");
    }

    private Finding Clock()
    {
        DateTimeOffset now = time.GetUtcNow();
        string shown = now.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return now.Year >= EarliestYear
            ? new("clock", Verdict.Ok, shown)
            : new("clock", Verdict.Problem, shown, "Set this machine's clock: time-outs and the age of health checks depend on it.");
    }

    private Finding Space()
    {
        // The folder need not be there yet; what it will be on counts.
        string folder = home;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        try
        {
            long free = new DriveInfo(folder).AvailableFreeSpace;
            string found = string.Create(CultureInfo.InvariantCulture, $"{free >> 20:N0} MiB free for {home}");
            return free < TooLittleSpace ? new("disk", Verdict.Problem, found, "Make room on the store's disk, or move the store with --home.")
                : free < LittleSpace ? new("disk", Verdict.Warning, found, "Remove runs that nobody needs with 'octoworkers remove', or make room.")
                : new("disk", Verdict.Ok, found);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("disk", Verdict.Warning, $"The free space of {home} cannot be read: {exception.Message}", "Look at that folder and its file system.");
        }
    }
}
