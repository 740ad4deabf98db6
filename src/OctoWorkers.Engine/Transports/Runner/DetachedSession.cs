namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Gives a program a session of its own, so that Ctrl+C and a closing terminal reach this process and not the channel.
/// </summary>
internal static class DetachedSession
{
    private static readonly string[] Launcher =
        Find("setsid") is { } setsid ? [setsid]
        : Find("perl") is { } perl ? [perl, "-MPOSIX", "-e", "POSIX::setsid();exec(@ARGV);exit(127)"]
        : [];

    /// <summary>The words that start the program so; the program's own where nothing can do it.</summary>
    internal static IReadOnlyList<string> Wrap(IReadOnlyList<string> words) => [.. Launcher, .. words];

    private static string? Find(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
