using System.Diagnostics;
using System.Globalization;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A session that a run keeps for its steps.</summary>
/// <param name="worker">Where it is.</param>
public sealed class KeptSessionTests(LocalWorker worker) : StepTests(worker), IClassFixture<LocalWorker>
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("break; 'never'", 0)]
    [InlineData("return 'so'", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("$Host.SetShouldExit(4)", 4)]
    [InlineData("throw 'no'", 1)]
    [InlineData("sh -c 'exit 5'", 5)]
    [InlineData("$null = Register-EngineEvent kept -Action { }", 0)]
    [InlineData("Set-Location Env:", 0)]
    [InlineData("Set-StrictMode -Version Latest", 0)]
    [InlineData("Set-Variable Given -Option ReadOnly -Scope Global", 0)]
    [InlineData("Set-Variable OctopusParameters -Option ReadOnly -Scope Global", 0)]
    [InlineData("Remove-Variable * -Exclude kept -Scope Global -Force -ErrorAction Ignore", 0)]
    [InlineData("$large = [byte[]]::new(500MB); [Array]::Fill($large, [byte]1)", 0)]
    public async Task GivenARunThatKeepsItsSession_WhenAStepEnds_ThenTheNextFindsThatSessionAndNothingOfThatEnd(string end, int code)
    {
        StepOutcome first = await RunAsync(Keeping("$kept = 5; $PID; " + end, "one"));
        StepOutcome second = await RunAsync(Keeping("\"$PID $kept $Given $LASTEXITCODE [$(if (Test-Path variable:_) { $_ })] [$input] $($PWD.Path -eq [Environment]::CurrentDirectory) $(@(Get-ChildItem).Count)\"", "two"));

        Assert.Equal(code, first.ExitCode);
        Assert.DoesNotContain("never", first.Out, StringComparison.Ordinal);
        Assert.Equal("", second.Error);
        Assert.Equal(($"{first.Out.Split('\n')[0]} 5 two 0 [] [] True 0\n", 0), (second.Out, second.ExitCode));
    }

    [Fact]
    public async Task GivenARunThatKeepsItsSession_WhenAStepRequiresWhatIsNotThere_ThenNothingOfItRanAndTheNextDoes()
    {
        StepOutcome first = await RunAsync(Keeping("'done'", "one"));
        StepOutcome second = await RunAsync(Keeping("'never'\n#Requires -Version 99", "two"));
        StepOutcome third = await RunAsync(Keeping("\"$Given $(@(Get-ChildItem -Force).Count)\"", "three"));

        Assert.Equal(0, first.ExitCode);
        Assert.Equal((1, ""), (second.ExitCode, second.Out));
        Assert.Contains("Script.ps1:2", second.Error, StringComparison.Ordinal);
        Assert.Equal(("three 0\n", "", 0), (third.Out, third.Error, third.ExitCode));
    }

    [Fact]
    public async Task GivenARunThatKeepsItsSession_WhenAStepChangesWhatItWasGiven_ThenTheNextHasWhatItIsGiven()
    {
        const string Show = "; \"$Given $OctopusSomeThing $($OctopusParameters['Given']) $($OctopusParameters['Octopus.Some.Thing']) $($OctopusParameters['Output[a].X']) $($OctopusParameters['Output[a].Y'])"
            + " $($OctopusParameters.Count) $($OctopusParameters.ContainsKey('OUTPUT[A].x'))\"; ";
        StepOutcome first = await RunAsync(
            Keeping(Show + "$Given = 'mine'; $OctopusSomeThing = 'mine'; $OctopusParameters['Given'] = 'mine'; $null = $OctopusParameters.Remove('Octopus.Some.Thing')", "one", ("Output[a].X", "1")));
        StepOutcome second = await RunAsync(Keeping(Show + "$global:OctopusParameters = 'mine'; Remove-Variable Given -Scope Global; Set-StrictMode -Version Latest", "two", ("Output[a].X", "2"), ("Output[a].Y", "y")));
        StepOutcome third = await RunAsync(Keeping(Show, "two", ("Output[a].Y", "y")));
        StepOutcome fourth = await RunAsync(Keeping(Show + "$Extra", "four", ("Extra", "there")));
        StepOutcome fifth = await RunAsync(Keeping(Show + "\"[$(if (Test-Path variable:Extra) { $Extra })]\"", "five"));

        Assert.Equal("one thing one thing 1  4 True\n", first.Out);
        Assert.Equal("two thing two thing 2 y 5 True\n", second.Out);
        Assert.Equal("two thing two thing  y 4 False\n", third.Out);
        Assert.Equal("four thing four thing   4 False\nthere\n", fourth.Out);
        Assert.Equal("five thing five thing   3 False\n[]\n", fifth.Out);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("exit 3", true)]
    [InlineData("$null = Register-EngineEvent kept -Action { }", true)]
    [InlineData("Set-Content left x", false)]
    public async Task GivenARunThatKeepsItsSession_WhenItIsRemoved_ThenNoFolderOfItIsLeft(string last, bool leavesNothing)
    {
        IWorkerChannel channel = await EnterAsync();
        StepOutcome first = await RunAsync(Keeping("$PWD.Path; @(Get-ChildItem -Force).Count", "one"));
        StepOutcome second = await RunAsync(Keeping($"$PWD.Path; {last}", "two"));
        string[] folders = [first.Out.Split('\n')[0], second.Out.Split('\n')[0]];
        if (leavesNothing)
        {
            await Eventually.HoldsAsync(() => !Directory.Exists(folders[1]), "the session has removed the step's folder", Stop);
        }

        await channel.RemoveRunAsync(Run1, Stop);

        Assert.EndsWith("\n0\n", first.Out, StringComparison.Ordinal);
        Assert.NotEqual(folders[0], folders[1]);
        Assert.False(Directory.Exists(Path.GetDirectoryName(folders[0])));
    }

    [Fact]
    public async Task GivenARunWhoseKeptSessionWasLost_WhenItsNextStepRuns_ThenItsLogSaysSoAndNoFolderIsLeft()
    {
        IWorkerChannel channel = await EnterAsync();
        StepOutcome first = await RunAsync(Keeping("$PWD.Path; $PID", "one"));
        using (Process kept = Process.GetProcessById(int.Parse(first.Out.Split('\n')[1], CultureInfo.InvariantCulture)))
        {
            kept.Kill();
            await kept.WaitForExitAsync(Stop);
        }

        // The engine hears of it a moment later.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);

        string run = Path.GetDirectoryName(first.Out.Split('\n')[0])!;
        Assert.True(Directory.Exists(run));
        StepOutcome second = await RunAsync(Keeping("'two'", "two"));
        StepOutcome third = await RunAsync(Keeping("'three'", "three"));
        Assert.Matches("^##octopus\\[stdout-warning\\]\nThe PowerShell session that the run kept here was lost: .*\n##octopus\\[stdout-default\\]\ntwo\n$", second.Out);
        Assert.Equal("three\n", third.Out);
        await channel.RemoveRunAsync(Run1, Stop);

        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public async Task GivenAnEventOfAKeptSession_WhenItWritesBetweenSteps_ThenNobodyHearsItAndTheNextStepIsNotHeldUp()
    {
        StepOutcome first = await RunAsync(Keeping(
            "$timer = [Timers.Timer]::new(50); $null = Register-ObjectEvent $timer Elapsed -Action { foreach ($i in 1..200) { Write-Verbose 'between' } }; $timer.Start(); 'one'", "one"));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Stop);
        StepOutcome second = await RunAsync(Keeping("$timer.Stop(); Get-EventSubscriber | Unregister-Event; 'two'", "two"));
        StepOutcome third = await RunAsync(Keeping("'three'", "three"));

        Assert.EndsWith("one\n", first.Out, StringComparison.Ordinal);
        Assert.EndsWith("two\n", second.Out, StringComparison.Ordinal);
        Assert.Equal("three\n", third.Out);
    }
}
