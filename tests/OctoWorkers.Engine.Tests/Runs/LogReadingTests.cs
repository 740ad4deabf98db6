using System.Globalization;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Ssh;
using OctoWorkers.TestKit.Transports;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Connections that break, runners that are killed and workers that die while a long log is read from them.</summary>
public sealed class LogReadingTests
{
    private const int Parts = 4;
    private const int LinesInAPart = 20_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenALongLog_WhenItsConnectionIsCut_ThenEveryLineComesOnce()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await ReadAsync(world, world.First, () => world.Transport.Cut());
    }

    [Theory]
    [InlineData("perl")]
    [InlineData("sh")]
    public async Task GivenALongLog_WhenTheRunnerOnItsWorkerIsKilled_ThenEveryLineComesOnce(string runner)
    {
        Assert.SkipWhen(runner == "perl" && PerlRunner.Missing is not null, PerlRunner.Missing ?? "");
        await using RunWorld world = await CreateAsync("worker1");
        LocalTransport transport = new(TimeProvider.System)
        {
            Runner = runner == "perl" ? RunnerChoice.Perl : RunnerChoice.Shell,
            Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = world.StateHome },
        };
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await ReadAsync(world, engine, () =>
        {
            int[] runners = [.. ProcessTree.Children(Environment.ProcessId).Where(id => ProcessTree.EnvironmentHolds(id, $"XDG_STATE_HOME={world.StateHome}"))];
            Array.ForEach(runners, ProcessTree.Kill);
            return runners.Length;
        });
    }

    [Fact]
    public async Task GivenALongLogReadBySsh_WhenTheConnectionsAreCut_ThenEveryLineComesOnce()
    {
        using SshServer server = new();
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport transport = new(TimeProvider.System);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("worker1", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        await ReadAsync(world, engine, server.CutConnections);
    }

    [Fact]
    public async Task GivenALongLogReadBySsh_WhenTheWorkerDies_ThenTheStepIsUnknownAndWhatWasReadIsThereOnce()
    {
        using SshServer server = new();
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("lostContactTimeout", "1");
        using SshTransport transport = new(TimeProvider.System);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("worker1", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        string enough = world.File("enough");
        await world.PutAsync(
            "the runbook",
            Step("writes", $"echo $$; i=0; until [ -e '{enough}' ]; do i=$((i + 1)); echo \"line $i\"; [ $((i % 100)) -gt 0 ] || sleep 0.01; done")
                with { Retry = new() { Count = 3 } },
            Step("never", "echo never"));
        RunRecord run = await engine.StartAsync("the runbook");
        await engine.SaysAsync(run.Id, 1, "line 5000");
        int script = int.Parse((await engine.TextAsync(run.Id, 1))[0], CultureInfo.InvariantCulture);
        server.Stop();
        Assert.Equal(RunStatus.Failed, (await engine.EndAsync(run.Id)).Status);

        RunDetails details = await engine.DetailsAsync(run.Id);
        Assert.Equal([StepStatus.Unknown, StepStatus.Skipped], details.Steps.Select(step => step.Status));
        Assert.Equal(AttemptOutcome.Unknown, details.Steps[0].Attempts.Single().Outcome);
        IReadOnlyList<string> lines = await engine.TextAsync(run.Id, 1);
        Assert.True(lines.Count > 5000);

        // The last one may be what was read of a line when the worker died.
        Assert.Equal(Enumerable.Range(1, lines.Count - 2).Select(number => $"line {number}"), lines.Skip(1).SkipLast(1));
        Assert.StartsWith(lines[^1], $"line {lines.Count - 1}", StringComparison.Ordinal);
        Assert.Empty(await engine.Store.GetLeasesAsync(Stop));
        Assert.Equal([$"{run.Id.Number}-1-1"], Assert.Single(await engine.Store.GetPendingCleanupsAsync(Stop)).Tickets);

        Assert.True(ProcessTree.IsRunning(script), "What runs on a worker goes on without its sshd.");
        await File.WriteAllTextAsync(enough, "", Stop);
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(script), "the script ends", Stop);
        await Eventually.HoldsAsync(() => ProcessTree.WithCommandLine(server.StateHome).Count == 0, "its supervisor ends", Stop);
    }

    [Fact]
    public async Task GivenAWorkerReachedBySsh_WhenItDiesBetweenSelectionAndStart_ThenAnotherIsDrawn()
    {
        using SshServer server = new();
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport ssh = new(TimeProvider.System);
        CuttingTransport transport = new(ssh)
        {
            Before = (_, method, _) =>
            {
                if (method == nameof(IWorkerChannel.EnterRunAsync))
                {
                    server.Stop();
                }

                return Task.CompletedTask;
            },
        };
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport, world.Transport);
        await world.First.Store.PutWorkerAsync(new("worker1", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        await world.AddWorkersAsync(WorkerPoolDefinition.DefaultName, "worker2");
        await world.PutAsync("the runbook", Step("works", "echo there"));
        RunDetails run = await engine.RunAsync("the runbook");
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal("worker2", run.Steps[0].Attempts.Single().WorkerName);
        Assert.Equal(["there"], await engine.TextAsync(run.Run.Id, 1));
        WorkerReplaced replaced = Assert.Single((await engine.Store.GetEventsAsync(run.Run.Id, Stop)).OfType<WorkerReplaced>());
        Assert.Equal(("worker1", "worker2"), (replaced.LostName, replaced.Draw.WorkerName));
        Assert.Equal(HealthStatus.Unavailable, (await engine.Store.GetWorkersAsync(Stop))[0].Health.Status);
    }

    // Breaks something in the middle of each part of a log, which waits for that before it goes on.
    private static async Task ReadAsync(RunWorld world, EngineInstance engine, Func<int> cut)
    {
        string script = $"for part in $(seq 0 {Parts - 1}); do seq $((part * {LinesInAPart} + 1)) $(((part + 1) * {LinesInAPart})); "
            + $"until [ -e '{world.File("go")}'$part ]; do sleep 0.02; done; done; printf last";
        await world.PutAsync("the runbook", Step("writes", script), Step("next", "echo next"));
        RunRecord run = await engine.StartAsync("the runbook");
        for (int part = 0; part < Parts; part++)
        {
            await engine.SaysAsync(run.Id, 1, $"{(part * LinesInAPart) + 1}");
            await Eventually.HoldsAsync(() => cut() > 0, "something was there to be cut", Stop);
            await File.WriteAllTextAsync(world.File($"go{part}"), "", Stop);
        }

        Assert.Equal(RunStatus.Success, (await engine.EndAsync(run.Id)).Status);
        IReadOnlyList<LogLine> lines = await engine.LogAsync(run.Id, 1);
        Assert.Equal([.. Enumerable.Range(1, Parts * LinesInAPart).Select(number => $"{number}"), "last"], lines.Select(line => line.Text));
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(number => (long)number), lines.Select(line => line.Number));
        RunDetails details = await engine.DetailsAsync(run.Id);
        Assert.Single(details.Steps[0].Attempts);
        Assert.Equal(["next"], await engine.TextAsync(run.Id, 2));
        Assert.Empty((await engine.Store.GetEventsAsync(run.Id, Stop)).OfType<WorkerReplaced>());
        await world.AssertNothingIsLeftAsync();
    }
}
