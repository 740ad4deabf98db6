using System.Diagnostics;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>A small disk of a test's own, in memory. Only root can have one; for others the test is skipped.</summary>
internal sealed class Mount : IAsyncDisposable
{
    private readonly string path;

    private Mount(string path) => this.path = path;

    /// <summary>Mounts it on a folder, over what is in it.</summary>
    public static async Task<Mount> OnAsync(string path, string options)
    {
        if (Environment.UserName != "root" || !OperatingSystem.IsLinux())
        {
            Assert.Skip("Only root can mount a small disk.");
        }

        if (await RunAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) is { Length: > 0 } refusal)
        {
            Assert.Skip($"A small disk cannot be mounted here: {refusal}");
        }

        return new(path);
    }

    /// <summary>Fills it with a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="leave">How many bytes to leave free.</param>
    public async Task FillAsync(string file, long leave)
    {
        DriveInfo drive = new(path);
        await File.WriteAllBytesAsync(file, new byte[drive.AvailableFreeSpace - leave], TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => Assert.Equal("", await RunAsync("umount", "-l", path));

    // What it complains of; empty when it worked.
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? "" : $"{program} ended with {process.ExitCode}. {errors}".Trim();
    }
}
