using System.Diagnostics;
using System.Runtime.InteropServices;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli;

/// <summary>
/// Starts <c>octoworkers driver</c> in a session of its own, without a terminal, so that it outlives this command and its terminal.
/// </summary>
/// <param name="home">The store's folder.</param>
internal sealed class DriverProcess(string home) : IDriverLauncher
{
    /// <summary>The name of the file in the store's folder that has the driver's last words.</summary>
    internal const string LogName = "driver.log";

    // The shell leaves at once, so that the driver is nobody's child. What the caller has open beyond the standard streams, a lock of flock(1) or
    // the pipe of a test runner, is not to stay open for as long as the driver lives; a POSIX shell can name descriptors up to 9.
    // The log's permissions are not the driver's umask: steps on this machine inherit that.
    private const string Script = """
        log=$1; shift
        exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
        (umask 077; : >>"$log") 2>/dev/null || log=/dev/null
        cd / || exit
        if command -v setsid >/dev/null 2>&1; then setsid "$@" </dev/null >>"$log" 2>&1 &
        else nohup "$@" </dev/null >>"$log" 2>&1 &
        fi
        """;

    /// <exception cref="OctoWorkersException"><see cref="EngineError.UnsupportedPlatform"/> where there is no POSIX shell.</exception>
    public void Launch()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Script, "octoworkers-driver", Path.Combine(home, LogName), .. Command(), "driver", "--home", home])
        {
            UseShellExecute = false,
        };
        try
        {
            using Process shell = Process.Start(start)!;
            shell.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new OctoWorkersException(
                EngineError.UnsupportedPlatform, $"The background driver cannot be started: /bin/sh: {exception.Message}", home, exception);
        }
    }

    // This program: its own executable, or the runtime with its assembly.
    private static IEnumerable<string> Command()
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
}
