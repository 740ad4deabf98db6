using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Secrets;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A session that a step of the engine's own has gone through, beside one that nothing has.</summary>
public sealed class RehearsalTests
{
    private const string Look = """
        "succeeded $?, errors $($Error.Count), history $((Get-History).Count), code $LASTEXITCODE"
        "location $($PWD.Path -replace '/[^/]*$'), directory $([Environment]::CurrentDirectory -replace '/[^/]*$'), stack $((Get-Location -Stack).Count)"
        "culture $([cultureinfo]::CurrentCulture.Name) $([cultureinfo]::CurrentUICulture.Name)"
        foreach ($variable in Get-Variable -Scope Global | Sort-Object Name) {
            $value = $variable.Value
            $isPlain = $value -is [string] -or $value -is [ValueType] -or $null -eq $value
            $isOwn = $variable.Name -in 'PID', 'PWD', 'variable', 'value', 'isPlain', 'isOwn', '^', '$', '?', 'StackTrace'
            "variable $($variable.Name) $(if ($isPlain -and !$isOwn) { $value } elseif ($null -ne $value) { $value.GetType().Name })"
        }
        foreach ($name in $__octoworkers.Keys | Sort-Object) { "state $name $(if ($null -eq $__octoworkers[$name]) { 'none' } else { $__octoworkers[$name].GetType().Name })" }
        Get-Command -CommandType Function, Filter | Sort-Object Name | ForEach-Object { "function $($_.Name) $($_.Definition.Length)" }
        Get-Alias | Sort-Object Name | ForEach-Object { "alias $($_.Name) $($_.Definition)" }
        Get-Module | Sort-Object Name | ForEach-Object { "module $($_.Name)" }
        Get-PSDrive | Sort-Object Name | ForEach-Object { "drive $($_.Name)" }
        Get-EventSubscriber | ForEach-Object { "event $($_.SourceIdentifier)" }
        Get-Job | ForEach-Object { "job $($_.Name)" }
        Get-ChildItem env: | Where-Object Name -notlike 'OCTOWORKERS_*' | Sort-Object Name | ForEach-Object { "environment $($_.Name) $($_.Value)" }
        "files $((Get-ChildItem -Force).Count), preference $ErrorActionPreference $VerbosePreference $ProgressPreference"
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenASessionThatWasRehearsedIn_WhenAStepLooksAround_ThenItSeesWhatItSeesInOneThatWasNot()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        using TemporaryFolder folder = new();
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);
        MachineName worker = new("worker7", IsTarget: false);
        PowerShellConnection connection = new(new LocalConnection());
        RentedSession plain = await sessions.RentAsync(worker, connection, SessionUse.Command, isUnused: true, Stop);
        await PlainSession.PrepareAsync(plain, Stop);
        RentedSession rehearsed = await sessions.RentAsync(worker, connection, SessionUse.Step, isUnused: true, Stop);

        string expected = await LookAsync(worker, plain, folder.File("plain"));
        string seen = await LookAsync(worker, rehearsed, folder.File("rehearsed"));

        Assert.Contains("variable OctopusParameters", expected, StringComparison.Ordinal);
        Assert.Contains("errors 0", expected, StringComparison.Ordinal);
        Assert.Equal(expected.Split('\n'), seen.Split('\n'));
    }

    [Fact]
    public async Task GivenARehearsalThatWasKilled_WhenAnotherIsOver_ThenWhatItLeftLongAgoIsGone()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);
        MachineName worker = new("worker7", IsTarget: false);
        await using RentedSession first = await sessions.RentAsync(worker, new(new LocalConnection()), SessionUse.Step, isUnused: true, Stop);
        string rehearsals = Path.Combine(first.Greeting.StateHome, "octoworkers", "rehearsals");
        DirectoryInfo old = Directory.CreateDirectory(Path.Combine(rehearsals, $"{Guid.NewGuid():N}", "r", "r")).Parent!.Parent!;
        DirectoryInfo young = Directory.CreateDirectory(Path.Combine(rehearsals, $"{Guid.NewGuid():N}"));
        old.LastWriteTimeUtc = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2);

        await using WorkerSessions others = new(new PlainProtector(), TimeProvider.System);
        await using RentedSession second = await others.RentAsync(worker, new(new LocalConnection()), SessionUse.Step, isUnused: true, Stop);

        Assert.False(Directory.Exists(old.FullName));
        Assert.True(Directory.Exists(young.FullName));
        young.Delete();
    }

    [Fact]
    public async Task GivenAStepThatEnds_WhenItsSessionIsKept_ThenThatIsSoBeforeItsEndIsTold()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        using TemporaryFolder folder = new();
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);
        MachineName worker = new("worker7", IsTarget: false);
        RentedSession session = await sessions.RentAsync(worker, new(new LocalConnection()), SessionUse.Command, isUnused: true, Stop);
        await PlainSession.PrepareAsync(session, Stop);
        TaskCompletionSource<AttemptOutput> started = new();
        List<AttemptExited?> told = [];

        AttemptStart start = new ScriptSource(ScriptSyntax.PowerShell, "'done'").Start("RunbookRuns-1", 1, "1-1-1");
        SessionAttempt attempt = SessionAttempt.Start(worker, start, new(folder.File("step"), 0), session, _ =>
        {
            told.Add(started.Task.GetAwaiter().GetResult().Exited);
            return true;
        });
        started.SetResult(attempt.Output);
        StepOutcome outcome = await StepOutcome.FollowAsync(attempt.Output.FollowAsync(default, Stop));

        Assert.Equal("done\n", outcome.Out);
        Assert.Null(Assert.Single(told));
        await attempt.DisposeAsync();
    }

    private static async Task<string> LookAsync(MachineName worker, RentedSession session, string folder)
    {
        AttemptStart start = new ScriptSource(ScriptSyntax.PowerShell, Look).Start("RunbookRuns-1", 1, "1-1-1");
        SessionAttempt attempt = SessionAttempt.Start(worker, start, new(folder, 0), session, keeps: null);
        StepOutcome outcome = await StepOutcome.FollowAsync(attempt.Output.FollowAsync(default, Stop));
        await attempt.DisposeAsync();
        Assert.Equal(("", 0), (outcome.Error, outcome.ExitCode));
        return outcome.Out.Replace(folder, "FOLDER", StringComparison.Ordinal);
    }
}
