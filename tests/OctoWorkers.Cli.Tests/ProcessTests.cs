using System.Diagnostics;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class ProcessTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("octoworkers-process-").FullName;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task GivenTheBuiltCommand_WhenCalled_ThenItsStreamsAndExitCodeAreThoseOfAProgram()
    {
        CommandOutcome version = await CallAsync("--version");
        Assert.Equal((0, ""), (version.ExitCode, version.Error));
        Assert.Equal($"{ProductVersion.Text}\n", version.Out);
        CommandOutcome unknown = await CallAsync("worker", "show", "nobody");
        Assert.Equal((ExitCodes.NotFound, ""), (unknown.ExitCode, unknown.Out));
        Assert.StartsWith("octoworkers: WorkerNotFound: ", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenNonAsciiNames_WhenWrittenToAPipe_ThenTheyAreUtf8WhateverTheLocale()
    {
        Assert.Equal(0, (await CallAsync("environment", "add", "Größe 😀")).ExitCode);
        Assert.Equal("Größe 😀", JArray.Parse((await CallAsync("environment", "list", "--output", "json")).Out)[0]!.Value<string>("name"));
        Assert.Contains("Größe 😀", (await CallAsync("environment", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenDriverWithNothingToDo_WhenItsIdleTimeIsOver_ThenItLeaves()
    {
        Assert.Equal(0, (await CallAsync("setting", "set", "driverIdle", "0")).ExitCode);
        Assert.Equal((0, "", ""), await CallAsync("driver") switch { var outcome => (outcome.ExitCode, outcome.Out, outcome.Error) });
    }

    private async Task<CommandOutcome> CallAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "octoworkers.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OCTOWORKERS_HOME"] = home, ["LC_ALL"] = "C" },
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new(process.ExitCode, await output, await error);
    }
}
