using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What a step in a session must do, however the session is reached.</summary>
/// <param name="worker">Where it runs.</param>
public abstract partial class StepContract(SharedWorker worker) : StepTests(worker)
{
    [Fact]
    public async Task GivenAllStreams_WhenTheStepWrites_ThenTheyComeInOrder()
    {
        StepOutcome outcome = await RunAsync("""
            'one'
            Write-Host 'two'
            Write-Host -NoNewline 'thr'
            Write-Host 'ee'
            Write-Warning 'careful'
            [pscustomobject]@{ Name = 'table'; Size = 4 }
            Write-Highlight 'high'
            $kept = & { Write-Verbose 'talk'; 5 }
            "kept $kept"
            """);

        Assert.Equal(
            """
            one
            two
            three
            ##octopus[stdout-warning]
            careful
            ##octopus[stdout-default]

            Name  Size
            ----  ----
            table    4

            ##octopus[stdout-highlight]
            high
            ##octopus[stdout-default]
            ##octopus[stdout-verbose]
            talk
            ##octopus[stdout-default]
            kept 5

            """, outcome.Out);
        Assert.Equal("", outcome.Error);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Theory]
    [InlineData("'before'; [pscustomobject]@{ a = 1 }; exit 0", 0, "")]
    [InlineData("'before'; Write-Error 'bad'; 'after'", 1, "bad")]
    [InlineData("'before'; sh -c 'exit 3'", 3, "")]
    [InlineData("'before'; Fail-Step", 1, "")]
    [InlineData("'before'; $Host.SetShouldExit(7)", 7, "")]
    [InlineData("'before'; $ErrorActionPreference = 'Continue'; 1 / 0; 'next'", 0, "divide by zero")]
    public async Task GivenAnEnd_WhenTheStepRuns_ThenItMeansWhatItMeansInAFile(string body, int code, string error)
    {
        StepOutcome outcome = await RunAsync(body);

        Assert.Equal(code, outcome.ExitCode);
        Assert.StartsWith("before\n", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("after", outcome.Out, StringComparison.Ordinal);
        Assert.Contains(error, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(error.Length == 0, outcome.Error.Length == 0);
    }

    [Fact]
    public async Task GivenATableBeforeExit_WhenTheStepEnds_ThenNothingOfItIsLost()
    {
        StepOutcome outcome = await RunAsync("[pscustomobject]@{ Only = 'value' }; exit 4; 'after'");

        Assert.Equal((4, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("value", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("after", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAnErrorInAFunction_WhenItIsWritten_ThenScriptLinePositionAndStackAreThere()
    {
        StepOutcome outcome = await RunAsync("""
            function Deep { throw 'deep trouble' }
            'before'; Deep
            'after'
            """);

        Assert.Equal((1, "before\n"), (outcome.ExitCode, outcome.Out));
        Assert.Contains("Script.ps1:1", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("deep trouble", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("~~~", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("at Deep", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Script.ps1: line 2", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAnErrorThatTheScriptWrites_WhenItIsShown_ThenItsPlaceIsNoneOfTheEngine()
    {
        StepOutcome outcome = await RunAsync("Write-Error 'stops'");

        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("Write-Error: stops\nat <ScriptBlock>, ", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("Script.ps1: line 1\n", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if ( {")]
    [InlineData("$a = 1 ?!?! 2")]
    public async Task GivenSyntaxThatPowerShellDoesNotKnow_WhenTheStepRuns_ThenNothingOfItRan(string line)
    {
        StepOutcome outcome = await RunAsync($"'never'\n{line}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("", outcome.Out);
        Assert.Contains("Script.ps1:2", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'before'\n#Requires -Version 99", "PowerShell 99.0", 2)]
    [InlineData("#Requires -Version 7.2 -PSEdition Core\n\n#requires -Modules NoSuchModule\n'before'", "NoSuchModule", 3)]
    public async Task GivenAScriptThatRequiresWhatIsNotThere_WhenTheStepRuns_ThenNothingOfItRanAndItsPlaceIsNamed(string body, string missing, int line)
    {
        StepOutcome outcome = await RunAsync(body);

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Out));
        Assert.Contains($"Script.ps1:{line}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(missing, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAScriptThatRequiresAModule_WhenTheStepRuns_ThenTheModuleIsImported()
    {
        StepOutcome outcome = await RunAsync("#Requires -Version 7.2 -Modules Microsoft.PowerShell.Security\n(Get-Module Microsoft.PowerShell.Security).Name");

        Assert.Equal(("Microsoft.PowerShell.Security\n", "", 0), (outcome.Out, outcome.Error, outcome.ExitCode));
    }

    [Fact]
    public async Task GivenAModuleThatWrites_WhenTheScriptCannotBeRead_ThenBothAreTold()
    {
        StepOutcome outcome = await RunAsync(Source("if ( {") with { Modules = [new("Talkative", ScriptSyntax.PowerShell, "Write-Verbose 'imported'")] });

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("\nimported\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Script.ps1:1", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenVariablesModulesAndArguments_WhenTheStepRuns_ThenItSeesThem()
    {
        StepOutcome outcome = await RunAsync(Source("""
            param($Name, [switch]$Loud, $Rest)
            "$Name $Loud $Rest"
            $OctopusParameters['Octopus.Action.Name']; $OctopusActionName; $Plain
            Get-Greeting
            $env:GIVEN
            (Get-Location).Path -eq $PSScriptRoot
            Set-OctopusVariable -Name out -Value 5
            """) with
        {
            Arguments = ["-Name", "a b", "-Loud", "rest"],
            Environment = new Dictionary<string, string> { ["GIVEN"] = "yes" },
            Variables = new Dictionary<string, string> { ["Octopus.Action.Name"] = "step", ["Plain"] = "p" },
            Modules = [new("Greetings", ScriptSyntax.PowerShell, "function Get-Greeting { 'hello' }")],
        });

        Assert.Equal("a b True rest\nstep\nstep\np\nhello\nyes\nTrue\n##octopus[setVariable name='b3V0' value='NQ==']\n", outcome.Out);
    }

    [Fact]
    public async Task GivenNoArguments_WhenTheStepRuns_ThenItHasNone()
    {
        StepOutcome outcome = await RunAsync("param($First = 'default') \"$First $($PSBoundParameters.Count) $($args.Count)\"");

        Assert.Equal("default 0 0\n", outcome.Out);
    }

    [Fact]
    public async Task GivenNativeOutput_WhenTheStepRuns_ThenErrorsGoToTheErrorStream()
    {
        StepOutcome outcome = await RunAsync("sh -c 'echo out; echo err >&2'; cat; 'read nothing'");

        Assert.Equal("out\nread nothing\n", outcome.Out);
        Assert.Equal("err\n", outcome.Error);
    }

    [Fact]
    public async Task GivenQuestions_WhenTheStepAsks_ThenEachFailsAndSaysWhy()
    {
        StepOutcome outcome = await RunAsync("""
            $choices = [System.Management.Automation.Host.ChoiceDescription[]]('&x', '&y')
            foreach ($question in { $Host.UI.ReadLine() }, { Get-Credential }, { $Host.UI.PromptForChoice('a', 'b', $choices, 0) }) {
                try { & $question; 'answered' } catch { $_.Exception.Message -match 'without a person' }
            }
            Read-Host 'name'
            'answered'
            """);

        Assert.Equal((1, "True\nTrue\nTrue\n"), (outcome.ExitCode, outcome.Out));
        Assert.Contains("without a person", string.Join(' ', outcome.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Environment]::Exit(3)")]
    [InlineData("Stop-Process -Id $PID -Force")]
    public async Task GivenAStepThatEndsItsPowerShell_WhenItIsFollowed_ThenTheOutcomeIsUnknown(string body)
    {
        string ticket = await StartAsync(Source($"'before'; Start-Sleep -Milliseconds 200; {body}"));

        OctoWorkersException failure = await FailsAsync(EngineError.OutcomeUnknown, () => FollowAsync(ticket));
        StepOutcome next = await RunAsync("'still works'");

        Assert.Contains("worker7", failure.Message, StringComparison.Ordinal);
        Assert.Equal("still works\n", next.Out);
    }

    [Fact]
    public async Task GivenAStepThatChangesItsSession_WhenTheNextRuns_ThenItSeesNothingOfThat()
    {
        StepOutcome first = await RunAsync("""
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture.Clone(); [cultureinfo]::CurrentCulture.NumberFormat.NumberDecimalSeparator = '#'
            $global:left = 1; function global:Write-Output { 'mine' }; $null = Start-Job { Start-Sleep 600 }; $env:LEFT = 'x'
            $PID
            """);
        StepOutcome second = await RunAsync("$null -eq $left; Write-Output own; [string]($env:LEFT); 1.5.ToString(); (Get-Job).Count; $PID");

        string[] lines = second.Out.Split('\n');
        Assert.Equal(["True", "own", "", "1.5", "0"], lines[..5]);
        Assert.NotEqual(first.Out.Trim(), lines[5]);
    }

    [Fact]
    public async Task GivenObjectsThatCannotBeSent_WhenTheStepWritesThem_ThenTheirTextComes()
    {
        StepOutcome outcome = await RunAsync("""
            $cycle = [pscustomobject]@{ Name = 'cycle'; Self = $null }; $cycle.Self = $cycle
            $cycle | Format-List Name
            ConvertTo-SecureString 'hidden words' -AsPlainText -Force
            [Threading.Thread]::CurrentThread.ManagedThreadId -is [int]
            [IO.MemoryStream]::new() | ForEach-Object GetType | ForEach-Object Name
            """);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Name : cycle", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("System.Security.SecureString", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("MemoryStream", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenATextOfFarTooManyCharacters_WhenTheStepWritesIt_ThenItIsRefused()
    {
        StepOutcome outcome = await RunAsync("'before'; 'x' * 300MB; 'after'");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("before\n", outcome.Out);
        Assert.Contains("314572800 characters", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenMuchThatIsWrittenAtOnce_WhenTheStepIsOverSoon_ThenAllOfItComesInOrder()
    {
        StepOutcome lines = await RunAsync("""
            foreach ($i in 1..150) {
                $i
                if ($i % 50 -eq 0) { [Management.Automation.ErrorRecord]::new([Exception]::new("bad $i"), 'NativeCommandError', 'NotSpecified', "bad $i") }
            }
            """);
        StepOutcome text = await RunAsync("'a' * 10000; 'b' * 10000; 'c' * 100000");
        StepOutcome nothing = await RunAsync("$null = 1");
        StepOutcome clean = await RunAsync("end { 'end' } clean { Write-Verbose 'clean' }");
        StepOutcome error = await RunAsync("'before'; [Management.Automation.ErrorRecord]::new([Exception]::new('bad'), 'NativeCommandError', 'NotSpecified', 'bad'); exit 4");

        Assert.Equal(Enumerable.Range(1, 150).Select(number => $"{number}"), lines.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("bad 50\nbad 100\nbad 150\n", lines.Error);
        Assert.Equal($"{new string('a', 10_000)}\n{new string('b', 10_000)}\n{new string('c', 100_000)}\n", text.Out);
        Assert.Equal(("", "", 0), (nothing.Out, nothing.Error, nothing.ExitCode));
        Assert.Equal("end\n##octopus[stdout-verbose]\nclean\n##octopus[stdout-default]\n", clean.Out);
        Assert.Equal(("before\n", "bad\n", 4), (error.Out, error.Error, error.ExitCode));
    }

    [Fact]
    public async Task GivenAReaderThatTakesNothing_WhenTheStepWritesMuch_ThenTheStepWaits()
    {
        string ready = Folder.File("ready");
        string ticket = await StartAsync(Source($$"""
            $line = 'x' * 3999
            foreach ($i in 1..3000) { $line }
            [IO.File]::WriteAllText('{{ready}}', 'x')
            """));
        IWorkerChannel channel = await EnterAsync();

        long taken = 0;
        await using (IAsyncEnumerator<AttemptSignal> signals = channel.FollowAsync(ticket, default, Stop).GetAsyncEnumerator(Stop))
        {
            while (await signals.MoveNextAsync() && signals.Current is OutputRead read)
            {
                // The script cannot have ended while most of what it writes is neither taken nor in the little that is under way.
                Assert.True(taken > 6_000_000 || !File.Exists(ready));
                taken += read.Bytes.Length;
            }

            Assert.Equal(0, Assert.IsType<AttemptExited>(signals.Current).ExitCode);
        }

        Assert.Equal(12_000_000, taken);
    }
}
