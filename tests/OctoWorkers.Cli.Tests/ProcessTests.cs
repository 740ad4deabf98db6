using System.Diagnostics;
using Newtonsoft.Json.Linq;
using OctoWorkers.TestKit.Processes;

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

    [Fact]
    public async Task GivenAReaderThatHasGone_WhenSomethingIsPrinted_ThenTheCommandEndsAsTheSignalForItWould()
    {
        using Process process = Start("dotnet", Program, "pool", "list");
        process.StandardOutput.Close();
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        Assert.Equal((ExitCodes.Signal + 13, ""), (process.ExitCode, error));
    }

    [Fact]
    public async Task GivenHangUpIgnored_WhenTheTerminalGoes_ThenTheRunIsFollowedToItsEnd()
    {
        string file = Path.Combine(home, "definitions.yaml");
        string go = Path.Combine(home, "go");
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(file, $$"""
            environments: [{ name: E }]
            runbooks: [{ name: R, steps: [{ name: S, bash: "echo there; until [ -e '{{go}}' ]; do sleep 0.02; done; echo done" }] }]
            """, cancellationToken);
        using Process process = Start("/bin/sh", "-c", "trap '' HUP; exec dotnet \"$@\"", "sh", Program, "run", "R", "--environment", "E", "--file", file);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        }
        while (line is not null && !line.EndsWith("there", StringComparison.Ordinal));
        Assert.NotNull(line);
        using (Process kill = Process.Start("kill", ["-HUP", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellationToken);
            Assert.Equal(0, kill.ExitCode);
        }

        await File.WriteAllTextAsync(go, "", cancellationToken);
        CommandOutcome outcome = await EndAsync(process);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("done", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/sh", 9)]
    [InlineData("/bin/bash", 19)]
    public async Task GivenADescriptorOfTheCaller_WhenTheDriverIsStarted_ThenTheDriverDoesNotKeepItOpen(string shell, int descriptor)
    {
        Assert.SkipUnless(File.Exists(shell), $"There is no {shell} here.");
        string file = Path.Combine(home, "definitions.yaml");
        string held = Path.Combine(home, "held");
        await File.WriteAllTextAsync(
            file, "environments: [{ name: E }]\nrunbooks: [{ name: R, steps: [{ name: S, bash: 'true' }] }]\n", TestContext.Current.CancellationToken);
        using Process process = Start(
            shell, "-c", $"exec {descriptor}>\"$0\"; exec dotnet \"$@\"", held, Program, "run", "R", "--environment", "E", "--file", file, "--detach");
        CommandOutcome outcome = await EndAsync(process);
        IReadOnlyList<int> drivers = ProcessTree.WithCommandLine($"driver --home {home}");
        try
        {
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
            // More than one may have been started; all but one leave at once, and one that has left holds nothing.
            Assert.NotEmpty(drivers);
            Assert.DoesNotContain(held, drivers.SelectMany(OpenFiles));
        }
        finally
        {
            foreach (int driver in drivers)
            {
                ProcessTree.Kill(driver);
                await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(driver), "the driver ends", TestContext.Current.CancellationToken);
            }
        }
    }

    [Theory]
    [InlineData("runs >&-", 141)]
    [InlineData("runs >/dev/full", 74)]
    [InlineData("--version >/dev/full", 74)]
    public async Task GivenOutputThatTakesNothing_WhenCalled_ThenItSaysSo(string call, int exitCode)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        CommandOutcome outcome = await ShellAsync($"dotnet \"$0\" {call}");
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.StartsWith("octoworkers: OutputNotWritable: Cannot write to standard output: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenReaderThatHasEnough_WhenARunIsFollowed_ThenItEndsSoonAndTheRunGoesOn()
    {
        string file = Path.Combine(home, "a.yaml");
        await File.WriteAllTextAsync(file, """
            environments: [{ name: P }]
            runbooks:
              - name: Job
                steps: [{ name: Work, bash: "for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.2; done" }]
            """, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await CallAsync("setting", "set", "driverIdle", "0")).ExitCode);
        CommandOutcome outcome = await ShellAsync($"{{ dotnet \"$0\" run Job --environment P --file '{file}'; echo \"code $?\" >&2; }} | head -1");
        Assert.Equal("RunbookRuns-1: Job in P\n", outcome.Out);
        Assert.Equal("RunbookRuns-1 goes on in the background; follow with 'octoworkers log RunbookRuns-1 --follow'.\ncode 141\n", outcome.Error);
        Assert.Equal(0, (await CallAsync("wait", "latest")).ExitCode);
    }

    [Theory]
    [InlineData("printf 'caf\\351' | dotnet \"$0\" variable set A --sensitive", "standard input")]
    [InlineData("FROM=$(printf 'caf\\351') exec dotnet \"$0\" variable set A --value-env FROM", "--value-env: the variable 'FROM' of the environment")]
    [InlineData("FROM=$(printf 'caf\\351') exec dotnet \"$0\" run R --environment E --variable-env A=FROM", "--variable-env: the variable 'FROM' of the environment")]
    public async Task GivenBytesThatAreNotUtf8_WhenAValueIsRead_ThenItIsRefusedAndThePlaceNamed(string call, string source)
    {
        CommandOutcome outcome = await ShellAsync(call);
        Assert.Equal(
            (ExitCodes.Usage, $"octoworkers: InvalidArgument: {source} is not UTF-8: the byte 0xE9 at offset 3 begins no character; convert it to UTF-8.\n"),
            (outcome.ExitCode, outcome.Error));
        Assert.Equal("[]", (await CallAsync("variable", "list", "--output", "json")).Out.Trim());
    }

    [Fact]
    public async Task GivenBytesThatAreNotUtf8InTheEnvironment_WhenDefinitionsTakeThem_ThenThatIsAProblemWithItsPlace()
    {
        string file = Path.Combine(home, "a.yaml");
        await File.WriteAllTextAsync(
            file, "variableSets: [{ name: S, variables: [{ name: A, valueFromEnvironment: FROM }] }]\n", TestContext.Current.CancellationToken);
        CommandOutcome outcome = await ShellAsync($"FROM=$(printf 'caf\\351') exec dotnet \"$0\" apply '{file}'");
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.Contains(
            "a.yaml:1:72: the variable 'FROM' of the environment is not UTF-8: the byte 0xE9 at offset 3 begins no character; convert it to UTF-8", outcome.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTheReplacementCharacterItself_WhenAValueIsRead_ThenItIsTaken()
    {
        CommandOutcome outcome = await ShellAsync("FROM=$(printf '\\357\\277\\275') exec dotnet \"$0\" variable set A --value-env FROM --output json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal("\uFFFD", JToken.Parse(outcome.Out).Value<string>("value"));
        Assert.Equal(0, (await ShellAsync("printf 'p\\357\\277\\275ss' | dotnet \"$0\" variable set B --sensitive")).ExitCode);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "octoworkers.dll");

    private static IEnumerable<string?> OpenFiles(int process)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Select(path => new FileInfo(path).LinkTarget)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private async Task<CommandOutcome> ShellAsync(string script)
    {
        using Process process = Start("sh", "-c", script, Program);
        return await EndAsync(process);
    }

    private async Task<CommandOutcome> CallAsync(params string[] arguments)
    {
        using Process process = Start("dotnet", [Program, .. arguments]);
        return await EndAsync(process);
    }

    private Process Start(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OCTOWORKERS_HOME"] = home, ["LC_ALL"] = "C" },
        })!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task<CommandOutcome> EndAsync(Process process)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
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
