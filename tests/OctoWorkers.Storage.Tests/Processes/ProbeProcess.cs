using System.Diagnostics;

namespace OctoWorkers.Storage.Tests.Processes;

/// <summary>A second process that uses a store.</summary>
internal sealed class ProbeProcess : IDisposable
{
    private readonly Process process;

    private ProbeProcess(Process process) => this.process = process;

    internal static ProbeProcess Start(params string[] arguments) => StartAs(null, arguments);

    /// <param name="user">A user id to run as; null: this one.</param>
    /// <param name="arguments">What to do.</param>
    internal static ProbeProcess StartAs(int? user, params string[] arguments)
    {
        string probe = Path.Combine(AppContext.BaseDirectory, "OctoWorkers.StoreProbe.dll");
        ProcessStartInfo start = new(user is null ? DotnetPath() : "setpriv")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] prefix = user is null ? [] : [$"--reuid={user}", $"--regid={user}", "--clear-groups", DotnetPath()];
        foreach (string argument in (string[])[.. prefix, probe, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new(Process.Start(start)!);
    }

    /// <summary>The next line it says; null when it has ended.</summary>
    internal async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    internal async Task SendLineAsync()
    {
        await process.StandardInput.WriteLineAsync();
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What it still says until it has ended; it must end well.</summary>
    internal async Task<string[]> ReadToEndAsync()
    {
        process.StandardInput.Close();
        string said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Kills it, with what it had said until then.</summary>
    internal async Task<string[]> KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
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

    private static string DotnetPath()
        => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
