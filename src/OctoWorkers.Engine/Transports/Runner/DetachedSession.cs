using System.Diagnostics;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Gives a program a session of its own, so that Ctrl+C and a closing terminal reach this process and not the channel, and the signals
/// back that this process ignores or was started with ignored.
/// </summary>
internal static class DetachedSession
{
    private static readonly Lazy<string[]> Launcher = new(FindLauncher);

    /// <summary>Finds out what can do it, which asks another program: whoever does so ahead does not wait for it later.</summary>
    internal static void Prepare() => _ = Launcher.Value;

    /// <summary>The words that start the program so; the program's own where nothing can do it.</summary>
    internal static IReadOnlyList<string> Wrap(IReadOnlyList<string> words) => [.. Launcher.Value, .. words];

    private static string[] FindLauncher()
    {
        string? setsid = Find("setsid");
        return setsid is not null && Find("env") is { } env && HasSignals(env) ? [setsid, env, "--default-signal"]
            : Find("perl") is { } perl ? [perl, "-MPOSIX", "-e", "$SIG{PIPE}='DEFAULT';POSIX::setsid();exec(@ARGV);exit(127)"]
            : setsid is not null ? [setsid]
            : [];
    }

    private static bool HasSignals(string env)
    {
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
