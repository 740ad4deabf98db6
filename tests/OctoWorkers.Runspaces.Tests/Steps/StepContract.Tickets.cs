using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

public abstract partial class StepContract
{
    [Fact]
    public async Task GivenAnOpenedChannel_WhenItGreets_ThenItTellsOfItsPowerShell()
    {
        IWorkerChannel channel = await EnterAsync();

        Assert.Equal("powershell", channel.Greeting.Runner);
        Assert.Equal(Environment.UserName, channel.Greeting.User);
        Assert.True(Version.Parse(channel.Greeting.Versions!["pwsh"].Split('-')[0]) >= new Version(7, 4));
        Assert.Equal("pwsh", Assert.Single(channel.Greeting.Capabilities).Key);
    }

    [Fact]
    public async Task GivenAnotherTransport_WhenItEntersARunThatRunsHere_ThenItDoesNotKnowIt()
    {
        await StartAsync(Source("Start-Sleep 600"));
        await using RunspaceTransportOf other = new();

        IWorkerChannel channel = await OpenAsync(other.Transport);

        // Nor does it make it known where it has to be, or where something of it is to be ended.
        Assert.False((await channel.EnterRunAsync(Run1, 2, 1, Stop)).WasKnown);
        await FailsAsync(EngineError.FencedOut, () => channel.StartAsync(Source("1").Start(Run1, 2, NewTicket()), Stop));
        Assert.Equal(TerminationVerdict.NeverStarted, (await channel.TerminateAsync(Run1, "t", TimeSpan.Zero, Stop)).Verdict);
        Assert.False((await channel.EnterRunAsync(Run1, 2, 0, Stop)).WasKnown);
        Assert.True((await channel.EnterRunAsync(Run1, 2, 2, Stop)).WasKnown);
        Assert.False((await channel.EnterRunAsync(Run1, 3, 3, Stop)).WasKnown);
    }

    [Fact]
    public async Task GivenAScriptOfAnotherLanguage_WhenItIsStarted_ThenTheWorkerIsUnusableForIt()
    {
        IWorkerChannel channel = await EnterAsync();

        OctoWorkersException failure = await FailsAsync(
            EngineError.WorkerUnusable, () => channel.StartAsync(new(Run1, 1, NewTicket(), ["bash"], Encoding.UTF8.GetBytes("true")), Stop));

        Assert.Contains("'bash'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAStepWithChildren_WhenItIsTerminated_ThenNothingOfItIsLeftAndTheReceiptSaysWhat()
    {
        string ticket = await StartAsync(Source("""
            $child = [Diagnostics.Process]::Start('sh', [string[]]('-c', 'trap "" TERM; sleep 611 & wait; sleep 612'))
            "$PID $($child.Id)"
            Start-Sleep 600
            'never'
            """));
        StepOutcome begun = await FollowAsync(ticket, text => text.EndsWith('\n'));
        int[] processes = [.. begun.Out.Trim().Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        IWorkerChannel channel = await EnterAsync();

        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, TimeSpan.FromSeconds(2), Stop);
        StepOutcome ended = await FollowAsync(ticket);

        Assert.Equal(TerminationVerdict.NoneFound, receipt.Verdict);
        Assert.Subset(receipt.Ended.Select(process => process.ProcessId).ToHashSet(), processes.ToHashSet());
        Assert.Equal("KILL", receipt.Ended.Single(process => process.ProcessId == processes[1]).Signal);
        Assert.All(processes, process => Assert.False(ProcessTree.IsRunning(process)));
        Assert.Equal(143, ended.ExitCode);
        Assert.DoesNotContain("never", ended.Out, StringComparison.Ordinal);
        Assert.Equal(receipt, await channel.TerminateAsync(Run1, ticket, TimeSpan.Zero, Stop));
    }

    [Fact]
    public async Task GivenAStepThatWaitsForWhatHoldsItsOutput_WhenItIsTerminated_ThenItEnds()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(Source("'begun'; /bin/sh -c 'sleep 619 &'; 'never'"));
        await FollowAsync(ticket, text => text.EndsWith('\n'));

        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, TimeSpan.FromSeconds(1), Stop).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Stop);
        StepOutcome outcome = await FollowAsync(ticket);

        Assert.Equal(TerminationVerdict.NoneFound, receipt.Verdict);
        Assert.Contains(receipt.Ended, process => process.Name == "sleep");
        Assert.Equal(("begun\n", 143), (outcome.Out, outcome.ExitCode));
    }

    [Fact]
    public async Task GivenAStepThatHasBegun_WhenItsRunIsRemoved_ThenItsSessionEndsSoon()
    {
        IWorkerChannel channel = await EnterAsync();
        for (int time = 0; time < 6; time++)
        {
            // Where it is: in the opening of its pipeline, in what goes before the script, in the script.
            await StartAsync(Source("'begun'; Start-Sleep 621"));
            await Task.Delay(TimeSpan.FromMilliseconds(time * 5), TimeProvider.System, Stop);

            await channel.RemoveRunAsync(Run1, Stop).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Stop);
            await channel.EnterRunAsync(Run1, 1, 0, Stop);
        }
    }

    [Fact]
    public async Task GivenAStepWithAChild_WhenItsPowerShellIsKilled_ThenTheChildIsEndedToo()
    {
        string ticket = await StartAsync(Source("""
            $child = [Diagnostics.Process]::Start('sleep', '613')
            "$($child.Id)"
            Start-Sleep -Milliseconds 200
            Stop-Process -Id $PID -Force
            """));
        int child = int.Parse((await FollowAsync(ticket, text => text.EndsWith('\n'))).Out.Trim(), CultureInfo.InvariantCulture);

        await FailsAsync(EngineError.OutcomeUnknown, () => FollowAsync(ticket));

        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(child), "the child ends", Stop);
    }

    [Theory]
    [InlineData("")]
    [InlineData("; exit 3")]
    [InlineData("; throw 'no'")]
    public async Task GivenAStepThatEnds_WhenNobodyNeedsItsSession_ThenItsPowerShellIsEndedAndWhatItLeftRunningIsNot(string end)
    {
        StepOutcome step = await RunAsync("$child = [Diagnostics.Process]::Start('sleep', '617'); \"$PID $($child.Id)\"" + end);
        int[] processes = [.. step.Out.Trim().Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(processes[0]), "its PowerShell ends", Stop);

        Assert.True(ProcessTree.IsRunning(processes[1]));
        using Process child = Process.GetProcessById(processes[1]);
        child.Kill();
    }

    [Fact]
    public async Task GivenAStepThatWaitsForTheEndOfPowerShell_WhenItHasEnded_ThenTheEndIsInOrder()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("ended");

        StepOutcome step = await RunAsync($"$null = Register-EngineEvent PowerShell.Exiting -Action {{ [IO.File]::WriteAllText('{file}', 'in order') }}; 'done'");

        Assert.Equal(("done\n", 0), (step.Out, step.ExitCode));
        await Eventually.HoldsAsync(() => File.Exists(file), "the action for PowerShell's end has run", Stop);
    }

    [Fact]
    public async Task GivenAPackage_WhenItIsSentInPieces_ThenItIsVerifiedAndUnpacked()
    {
        byte[] content = RandomNumberGenerator.GetBytes(100_000);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        IPackageCache packages = (await EnterAsync()).Packages;
        string ticket = NewTicket();

        Assert.Equal(0, await packages.FindAsync(Run1, hash, Stop));
        Assert.Equal(60_000, await packages.SendAsync(hash, 0, content.AsMemory(0, 60_000), Stop));
        Assert.Equal(60_000, await packages.SendAsync(hash, 0, content.AsMemory(0, 60_000), Stop));
        Assert.Equal(60_000, await packages.FindAsync(Run1, hash, Stop));
        Assert.Equal(100_000, await packages.SendAsync(hash, 60_000, content.AsMemory(60_000), Stop));
        Assert.Null(await packages.VerifyAsync(hash, Stop));
        Assert.Null(await packages.FindAsync(Run1, hash, Stop));
        string? folder = await packages.UnpackAsync(new(Run1, 1, ticket, hash, "tool", "file:tool.bin"), Stop);

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder!, "tool.bin"), Stop));
        string other = new('0', 64);
        await packages.SendAsync(other, 0, content, Stop);
        Assert.Equal(hash, await packages.VerifyAsync(other, Stop));
        await FailsAsync(EngineError.PackageNotFound, () => packages.UnpackAsync(new(Run1, 1, ticket, other, "", "zip"), Stop));
        await FailsAsync(EngineError.PackageInvalid, () => packages.UnpackAsync(new(Run1, 1, ticket, hash, "", "zip"), Stop));
    }
}
