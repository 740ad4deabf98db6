using OctoWorkers.Engine.Runs;

namespace OctoWorkers.PowerShell.Sessions;

/// <summary>The background driver as the module starts it: the command <c>octoworkers</c> where there is one, else another PowerShell with this module.</summary>
public static class BackgroundDriver
{
    /// <summary>Is the background driver of a store until nothing has been left to do for a while.</summary>
    /// <param name="home">The store's folder.</param>
    public static void Run(string home) => Task.Run(() => RunAsync(home)).GetAwaiter().GetResult();

    internal static IDriverLauncher Launcher(string home) => new DetachedDriver(home, () => CommandLine(home));

    private static async Task RunAsync(string home)
    {
        EngineSession session = await EngineSession.OpenAsync(home, CancellationToken.None).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.Engine.DriveUntilIdleAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static IEnumerable<string> CommandLine(string home)
    {
        if (OnPath("octoworkers") is { } command)
        {
            return [command, "driver", "--home", home];
        }

        string manifest = Path.Combine(Path.GetDirectoryName(typeof(BackgroundDriver).Assembly.Location)!, "OctoWorkers.psd1");
        string script = $"Import-Module '{Quoted(manifest)}'; [{typeof(BackgroundDriver).FullName}]::Run('{Quoted(home)}')";
        return [PowerShell(), "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script];
    }

    // The PowerShell that runs this; where another program hosts it, the one on the path.
    private static string PowerShell()
    {
        string? process = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(process) == "pwsh" ? process!
            : OnPath("pwsh") ?? throw new OctoWorkersException(
                EngineError.UnsupportedPlatform, "The background driver cannot be started: neither 'octoworkers' nor 'pwsh' is on the PATH. Install one of them, or use Invoke-Runbook.");
    }

    private static string? OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
