using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Sessions whose sshd goes away under them. No session is opened ahead beside the one that is used: it would go away too.</summary>
public sealed class LostConnectionTests : StepTests
{
    private readonly SshWorker _worker;

    public LostConnectionTests()
        : this(new SshWorker { MaxSessions = 1 })
    {
    }

    private LostConnectionTests(SshWorker worker)
        : base(worker) => _worker = worker;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _worker.DisposeAsync();
    }

    [Fact]
    public async Task GivenAStepThatRuns_WhenTheConnectionBreaks_ThenTheOutcomeIsUnknownAndTheWorkerIsUsedAgain()
    {
        string ticket = await StartAsync(Source("'begun'; Start-Sleep 600"));
        await FollowAsync(ticket, text => text.Contains("begun", StringComparison.Ordinal));
        Assert.True(_worker.Server.CutConnections() > 0);

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
        _worker.Server.Restart();
        await File.WriteAllTextAsync(file, "", Stop);

        StepOutcome first = await FollowAsync(ticket);
        StepOutcome[] next = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync("'again'")));

        Assert.Equal("begun\nended\n", first.Out);
        Assert.Equal(0, first.ExitCode);
        Assert.All(next, outcome => Assert.Equal("again\n", outcome.Out));
    }
}
