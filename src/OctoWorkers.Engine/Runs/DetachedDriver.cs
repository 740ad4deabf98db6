using System.Diagnostics;

namespace OctoWorkers.Engine.Runs;

/// <summary>Starts the background driver in a session of its own, without a terminal, so that it outlives this process and its terminal.</summary>
/// <param name="home">The store's folder.</param>
/// <param name="command">The program that is the driver, and its arguments; asked for when one is started.</param>
public sealed class DetachedDriver(string home, Func<IEnumerable<string>> command) : IDriverLauncher
{
    /// <summary>The name of the file in the store's folder that has the driver's last words.</summary>
    public const string LogName = "driver.log";

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

    /// <inheritdoc/>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.UnsupportedPlatform"/> where there is no POSIX shell.</exception>
    public void Launch()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Script, "octoworkers-driver", Path.Combine(home, LogName), .. command()])
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
}
