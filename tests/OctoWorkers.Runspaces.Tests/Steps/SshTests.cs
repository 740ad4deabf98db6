using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Sessions through the subsystem of an sshd.</summary>
public sealed class SshTests : StepContract
{
    private readonly SshServer _server = SshServer.WithSubsystem($"powershell {PowerShellProgram.Path} -sshs -NoLogo -NoProfile");

    protected override string? Missing => base.Missing ?? _server.Missing;

    protected override PowerShellConnection Connection => field ??= new(_server.Connection) { MaxSessions = 4 };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task GivenAStepThatRuns_WhenTheConnectionBreaks_ThenTheOutcomeIsUnknownAndTheWorkerIsUsedAgain()
    {
        string ticket = await StartAsync(Source("'begun'; Start-Sleep 600"));
        await FollowAsync(ticket, text => text.Contains("begun", StringComparison.Ordinal));
        Assert.True(_server.CutConnections() > 0);

        await FailsAsync(EngineError.OutcomeUnknown, () => FollowAsync(ticket));
        StepOutcome next = await RunAsync("'again'");

        Assert.Equal("again\n", next.Out);
    }

    [Fact]
    public async Task GivenAStepThatRuns_WhenTheSshdIsRestarted_ThenItGoesOnAndOthersFollow()
    {
        string file = Folder.File("go");
        string ticket = await StartAsync(Source($"'begun'; while (!(Test-Path '{file}')) {{ Start-Sleep -Milliseconds 20 }}; 'ended'"));
        await FollowAsync(ticket, text => text.Contains("begun", StringComparison.Ordinal));
        _server.Restart();
        await File.WriteAllTextAsync(file, "", Stop);

        StepOutcome first = await FollowAsync(ticket);
        StepOutcome[] next = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync("'again'")));

        Assert.Equal("begun\nended\n", first.Out);
        Assert.Equal(0, first.ExitCode);
        Assert.All(next, outcome => Assert.Equal("again\n", outcome.Out));
    }

    [Fact]
    public async Task GivenFortyStepsAtOnce_WhenTheyAreStarted_ThenAllRunInSessionsOfTheirOwnWithinTheCap()
    {
        await EnterAsync();
        StepOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() => RunAsync($"$PID; {index}"), Stop)));

        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.ExitCode));
        Assert.Equal(40, outcomes.Select(outcome => outcome.Out.Split('\n')[0]).Distinct().Count());
    }
}
