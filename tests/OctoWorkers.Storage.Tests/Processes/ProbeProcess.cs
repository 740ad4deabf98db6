using System.Diagnostics;

namespace OctoWorkers.Storage.Tests.Processes;

/// <summary>A second process that uses a store.</summary>
internal sealed class ProbeProcess : IDisposable
{
    private readonly Process process;
    private readonly string? copy;

    private ProbeProcess(Process process, string? copy) => (this.process, this.copy) = (process, copy);

    internal static ProbeProcess Start(params string[] arguments) => StartAs(null, arguments);

    /// <param name="user">A user id to run as; null: this one.</param>
    /// <param name="arguments">What to do.</param>
    internal static ProbeProcess StartAs(int? user, params string[] arguments)
    {
        string? copy = user is null ? null : ReadableCopy();
        string probe = Path.Combine(copy ?? AppContext.BaseDirectory, "OctoWorkers.StoreProbe.dll");
        ProcessStartInfo start = new(user is null ? DotnetPath() : "setpriv")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] prefix = user is null ? [] : [$"--reuid={user}", $"--regid={user}", "--clear-groups", DotnetPath()];
        foreach (string argument in (string[])[.. prefix, probe, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new(Process.Start(start)!, copy);
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
        if (copy is not null)
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    // Another user need not be able to read the folder in which the tests were built.
    private static string ReadableCopy()
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        string copy = Directory.CreateTempSubdirectory("octoworkers-probe-").FullName;
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, Readable);
        }

        foreach (string folder in Directory.EnumerateDirectories(copy, "*", SearchOption.AllDirectories).Append(copy))
        {
            File.SetUnixFileMode(folder, Enterable);
        }

        return copy;
    }

    private static string DotnetPath()
        => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
