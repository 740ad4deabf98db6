using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>An engine in a process of its own, that may kill itself at a moment given to it.</summary>
internal sealed class CrashHostProcess : IDisposable
{
    /// <summary>The exit code of a process that was ended by SIGKILL.</summary>
    public const int Killed = 137;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly ConcurrentQueue<string> errors = [];

    private CrashHostProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The calls that it made so far, where it was to trace them: each with its number.</summary>
    public IReadOnlyList<string> Calls => [.. output];

    public string Errors => string.Join('\n', errors);

    public bool HasExited => process.HasExited;

    /// <summary>The most memory that it has had so far, in bytes, as its kernel says; null when it has gone.</summary>
    public long? PeakMemory
    {
        get
        {
            try
            {
                string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                return line is null ? null : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Starts the runbook with the one token that all starts have.</summary>
    public static CrashHostProcess Start(DurableWorld world, string runbook, string point, bool trace = false)
        => new(Info(world, trace, "start", world.Home, runbook, point));

    /// <summary>Is the driver.</summary>
    public static CrashHostProcess Drive(DurableWorld world, string point = "never", bool trace = false)
        => new(Info(world, trace, "drive", world.Home, point));

    /// <summary>Defines a runbook and starts it, in a folder that may be empty.</summary>
    public static CrashHostProcess First(DurableWorld world)
        => new(Info(world, false, "first", world.Home, "never"));

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Waits for its end, but not longer than so.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> WaitAsync(TimeSpan longest)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(longest, TestContext.Current.CancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Kill() => process.Kill();

    /// <summary>Sends a signal by name.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static ProcessStartInfo Info(DurableWorld world, bool trace, params string[] arguments)
    {
        ProcessStartInfo start = new(DotnetPath(), [Path.Combine(AppContext.BaseDirectory, "OctoWorkers.CrashHost.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";

        // A process that is killed would leave its sockets for diagnostics in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["XDG_STATE_HOME"] = world.StateHome;
        start.Environment["HERE"] = world.Here;
        start.Environment.Remove("CRASH_TRACE");
        if (trace)
        {
            start.Environment["CRASH_TRACE"] = "1";
        }

        return start;
    }

    private static string DotnetPath()
        => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
