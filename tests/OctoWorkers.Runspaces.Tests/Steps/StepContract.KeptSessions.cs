using System.Diagnostics;
using System.Globalization;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

public abstract partial class StepContract
{
    [Fact]
    public async Task GivenARunThatKeepsItsSession_WhenItsStepsRun_ThenTheyShareOneAndEachHasItsOwnVariables()
    {
        StepOutcome first = await RunAsync(Keeping("$kept = 5; $PID; $Given; sh -c 'exit 0'", "one"));
        StepOutcome second = await RunAsync(Keeping("$PID; $Given; $kept; (Get-ChildItem).Count", "two"));
        StepOutcome third = await RunAsync("$PID");

        Assert.Equal(first.Out.Split('\n')[0], second.Out.Split('\n')[0]);
        Assert.EndsWith("\none\n", first.Out, StringComparison.Ordinal);
        Assert.EndsWith("\ntwo\n5\n0\n", second.Out, StringComparison.Ordinal);
        Assert.NotEqual(first.Out.Split('\n')[0], third.Out.Trim());
    }

    [Fact]
    public async Task GivenARunThatKeepsItsSession_WhenItsSecondStepIsTerminated_ThenTheSessionIsEndedWithItAndTheThirdHasAnother()
    {
        IWorkerChannel channel = await EnterAsync();
        StepOutcome first = await RunAsync(Keeping("$PID", "one"));
        string ticket = await StartAsync(Keeping("$PID; Start-Sleep 600; 'never'", "two"));
        await FollowAsync(ticket, text => text.EndsWith('\n'));

        await channel.TerminateAsync(Run1, ticket, TimeSpan.FromSeconds(2), Stop);
        StepOutcome second = await FollowAsync(ticket);
        StepOutcome third = await RunAsync(Keeping("$PID", "three"));

        Assert.Equal((first.Out, 143), (second.Out, second.ExitCode));
        Assert.False(ProcessTree.IsRunning(int.Parse(first.Out, CultureInfo.InvariantCulture)));
        Assert.NotEqual(first.Out, third.Out);
    }

    [Fact]
    public async Task GivenARunThatKeepsItsSession_WhenAStepThatHasEndedIsTerminated_ThenTheNextOneInThatSessionGoesOn()
    {
        using TemporaryFolder folder = new();
        string go = folder.File("go");
        IWorkerChannel channel = await EnterAsync();
        string ended = await StartAsync(Keeping("$PID", "one"));
        StepOutcome first = await FollowAsync(ended);
        string ticket = await StartAsync(Keeping($"$PID; for ($i = 0; $i -lt 1200 -and !(Test-Path '{go}'); $i++) {{ Start-Sleep -Milliseconds 50 }}; Test-Path '{go}'", "two"));
        await FollowAsync(ticket, text => text.EndsWith('\n'));

        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ended, TimeSpan.FromSeconds(1), Stop);
        await File.WriteAllTextAsync(go, "", Stop);
        StepOutcome second = await FollowAsync(ticket);

        Assert.Equal(TerminationVerdict.NoneFound, receipt.Verdict);
        Assert.Equal((first.Out + "True\n", 0), (second.Out, second.ExitCode));
    }
}
