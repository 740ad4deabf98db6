using System.Diagnostics;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Gives a program a session of its own, so that Ctrl+C and a closing terminal reach this process and not the channel, and the signals
/// back that this process ignores or was started with ignored.
/// </summary>
internal static class DetachedSession
{
    private static readonly string[] Launcher =
        Find("perl") is { } perl && !HasSignals() ? [perl, "-MPOSIX", "-e", "$SIG{PIPE}='DEFAULT';POSIX::setsid();exec(@ARGV);exit(127)"]
        : Find("setsid") is not { } setsid ? []
        : HasSignals() ? [setsid, "env", "--default-signal"]
        : [setsid];

    /// <summary>The words that start the program so; the program's own where nothing can do it.</summary>
    internal static IReadOnlyList<string> Wrap(IReadOnlyList<string> words) => [.. Launcher, .. words];

    private static bool HasSignals()
    {
        if (Find("env") is not { } env || Find("setsid") is null)
        {
            return false;
        }

        using Process probe = Process.Start(new ProcessStartInfo(env, ["--default-signal", "true"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }

    private static string? Find(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
