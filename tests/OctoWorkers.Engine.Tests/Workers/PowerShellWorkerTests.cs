using OctoWorkers.Engine.Tests.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Workers;

public sealed class PowerShellWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenNoWayToOpenPowerShellSessions_WhenAPowerShellStepIsRun_ThenTheRunFailsAndSaysSo()
    {
        await using RunWorld world = await RunWorld.CreateAsync();
        await world.First.Store.PutWorkerAsync(new("sessions", new PowerShellConnection(new LocalConnection()), [WorkerPoolDefinition.DefaultName]), true, Stop);

        RunDetails details = await world.RunAsync(new StepDefinition("Power", new ScriptAction("1") { Syntax = ScriptSyntax.PowerShell }));

        Assert.Equal(RunStatus.Failed, details.Run.Status);
        WorkerRecord worker = Assert.Single(await world.First.Store.GetWorkersAsync(Stop));
        Assert.Equal(HealthStatus.Unhealthy, worker.Health.Status);
        Assert.Contains("is reached through PowerShell sessions, and this program cannot open any here", worker.Health.Message, StringComparison.Ordinal);
    }
}
