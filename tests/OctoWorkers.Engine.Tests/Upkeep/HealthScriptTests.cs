using OctoWorkers.Engine.Tests.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Upkeep;

/// <summary>Health scripts in every language, here and over ssh: what they write and how they end decides.</summary>
public sealed class HealthScriptTests(SshServer server) : IClassFixture<SshServer>
{
    private const string NeverEnds = "never ends";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every check looks for tools first, which takes its time: no more than it takes to see each language decide.</summary>
    public static TheoryData<ScriptSyntax, string, HealthStatus, string> Here { get; } = new()
    {
        { ScriptSyntax.Python, "print('fine on ' + get_octopusvariable('Octopus.Machine.Name'))", HealthStatus.Healthy, "" },
        { ScriptSyntax.Python, "printwarning('the disk is filling up')", HealthStatus.HasWarnings, "the disk is filling up" },
        { ScriptSyntax.Python, "import sys; print('no space', file=sys.stderr)", HealthStatus.Unhealthy, "no space" },
        { ScriptSyntax.PowerShell, "\"fine on $($OctopusParameters['Octopus.Machine.Name'])\"", HealthStatus.Healthy, "" },
        { ScriptSyntax.PowerShell, "Write-Warning 'the disk is filling up'", HealthStatus.HasWarnings, "the disk is filling up" },
        { ScriptSyntax.PowerShell, "[Console]::Error.WriteLine('no space')", HealthStatus.Unhealthy, "no space" },
        { ScriptSyntax.PowerShell, "[Threading.Thread]::Sleep(600000)", HealthStatus.Unhealthy, NeverEnds },
    };

    public static TheoryData<ScriptSyntax, string, HealthStatus, string> OverSsh { get; } = new()
    {
        { ScriptSyntax.Bash, "write_warning 'the disk is filling up'", HealthStatus.HasWarnings, "the disk is filling up" },
        { ScriptSyntax.Bash, "write_warning 'hot'; echo 'no space' >&2", HealthStatus.Unhealthy, "no space" },
        { ScriptSyntax.Bash, "echo here; sleep 600", HealthStatus.Unhealthy, NeverEnds },
        { ScriptSyntax.Python, "failstep('worn out')", HealthStatus.Unhealthy, "exited with" },
    };

    [Theory]
    [MemberData(nameof(Here))]
    public async Task GivenAScript_WhenThisMachineIsChecked_ThenItDecides(ScriptSyntax syntax, string script, HealthStatus status, string message)
    {
        RequireInterpreter(syntax);
        await using RunWorld world = await CreateAsync("worker");
        await PolicyAsync(world, syntax, script, message);
        Verify(await CheckAsync(world.First), status, message);
        AssertNothingIsLeft(world.StateHome);
    }

    [Theory]
    [MemberData(nameof(OverSsh))]
    public async Task GivenAScript_WhenAWorkerIsCheckedOverSsh_ThenItDecides(ScriptSyntax syntax, string script, HealthStatus status, string message)
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        RequireInterpreter(syntax);
        await using RunWorld world = await CreateAsync();
        using SshTransport transport = new(TimeProvider.System);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("remote", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        await PolicyAsync(world, syntax, script, message);
        Verify(await CheckAsync(engine), status, message);
        AssertNothingIsLeft(server.StateHome);
    }

    private static void RequireInterpreter(ScriptSyntax syntax)
    {
        string program = syntax switch
        {
            ScriptSyntax.Python => "python3",
            ScriptSyntax.PowerShell => "pwsh",
            _ => "bash",
        };
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(path.Any(folder => File.Exists(Path.Combine(folder, program))), $"There is no {program} on the PATH.");
    }

    // Interpreters take their time to start on a busy machine: only a script that never ends has little.
    private static Task<MachinePolicyRecord> PolicyAsync(RunWorld world, ScriptSyntax syntax, string script, string message)
    {
        MachinePolicyDefinition policy = new(MachinePolicyDefinition.DefaultName)
        {
            Scripts = new Dictionary<ScriptSyntax, string> { [syntax] = script },
            Timeout = message == NeverEnds ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(2),
        };
        return world.First.Store.PutMachinePolicyAsync(policy, false, Stop);
    }

    private static async Task<WorkerHealth> CheckAsync(EngineInstance engine)
    {
        WorkerRecord worker = Assert.Single(await engine.Store.GetWorkersAsync(Stop));
        return (await engine.Engine.CheckWorkerAsync(worker, Stop)).Health;
    }

    private static void Verify(WorkerHealth health, HealthStatus status, string message)
    {
        Assert.True(health.Status == status, $"It is {health.Status}: {health.Message}");
        Assert.Contains(message == NeverEnds ? "did not end within 2s" : message, health.Message, StringComparison.Ordinal);
    }

    private static void AssertNothingIsLeft(string stateHome)
        => Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(stateHome, "*", SearchOption.AllDirectories), path => Path.GetFileName(path).StartsWith("health-", StringComparison.Ordinal));
}
