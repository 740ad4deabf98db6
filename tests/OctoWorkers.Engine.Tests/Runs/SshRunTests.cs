using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class SshRunTests(SshServer server) : IClassFixture<SshServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAWorkerReachedBySsh_WhenItsConnectionsAreCut_ThenEveryLineComesOnce()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport transport = new(TimeProvider.System);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("remote", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        await world.PutAsync("the runbook", Step("writes", "for i in $(seq 1 60); do echo \"line $i\"; [ $((i % 10)) -eq 0 ] && sleep 0.2; done"), Step("next", "echo next"));
        RunRecord run = await engine.StartAsync("the runbook");
        await engine.SaysAsync(run.Id, 1, "line 10");
        Assert.True(server.CutConnections() > 0);
        await engine.SaysAsync(run.Id, 1, "line 30");
        server.CutConnections();
        Assert.Equal(RunStatus.Success, (await engine.EndAsync(run.Id)).Status);
        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"line {number}"), await engine.TextAsync(run.Id, 1));
        Assert.Equal(["next"], await engine.TextAsync(run.Id, 2));
        await world.AssertNothingIsLeftAsync();
        Assert.DoesNotContain(Directory.EnumerateFiles(server.StateHome, "*", SearchOption.AllDirectories), path => path.Contains($"{run.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenAWorkerReachedBySsh_WhenARunIsCanceled_ThenNothingRunsThere()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport transport = new(TimeProvider.System);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("remote", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        await world.PutAsync("the runbook", Step("long", "echo $$; sleep 7601"));
        RunRecord run = await engine.StartAsync("the runbook");
        LogLine? first = null;
        await foreach (LogLine line in engine.Engine.ReadLogAsync(run.Id, 0, 1, follow: true, Stop))
        {
            first = line;
            break;
        }

        int shell = int.Parse(first!.Text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(TestKit.Processes.ProcessTree.IsRunning(shell));
        await engine.Engine.CancelRunAsync(run.Id, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await engine.EndAsync(run.Id)).Status);
        Assert.False(TestKit.Processes.ProcessTree.IsRunning(shell));
        await world.AssertNothingIsLeftAsync();
    }
}
