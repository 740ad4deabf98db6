#if !NATIVE
using System.Runtime.InteropServices;
#endif

namespace OctoWorkers.Cli;

/// <summary>How this program starts itself as the background driver.</summary>
internal static class DriverCommandLine
{
    /// <summary>The program and its arguments.</summary>
    /// <param name="home">The store's folder.</param>
    internal static IEnumerable<string> Of(string home) => [.. Program(), "driver", "--home", home];

#if NATIVE
    // The driver takes any run, so it is the one that reaches all workers.
    private static string[] Program() => [Native.ManagedProgram.Exists ? Native.ManagedProgram.Path : Environment.ProcessPath!];
#else
    // Its own executable, or the runtime with its assembly.
    private static string[] Program()
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "octoworkers.dll");
        string? process = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(process) switch
        {
            "octoworkers" => [process!],
            "dotnet" => [process!, assembly],
            _ => [Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")), assembly],
        };
    }
#endif
}
