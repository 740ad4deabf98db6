using OctoWorkers.Engine.Tests.Runs;
using OctoWorkers.Engine.Workers;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Upkeep;

public sealed class MachinePolicyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("echo fine", HealthStatus.Healthy, "")]
    [InlineData("exit 3", HealthStatus.Unhealthy, "exited with 3")]
    [InlineData("echo broken >&2", HealthStatus.Unhealthy, "broken")]
    [InlineData("write_warning 'the disk is filling up'", HealthStatus.HasWarnings, "the disk is filling up")]
    [InlineData("fail_step 'no more'", HealthStatus.Unhealthy, "exited with 1")]
    [InlineData("echo '##octopus[stderr-ignore]'; echo quiet >&2", HealthStatus.Healthy, "")]
    [InlineData("echo \"##octopus[mask value='$(printf hunter22 | base64)']\"; echo 'said hunter22' >&2", HealthStatus.Unhealthy, "said ********")]
    [InlineData("echo \"$(get_octopusvariable Octopus.Machine.Name)\" >&2", HealthStatus.Unhealthy, "worker1")]
    public async Task GivenAHealthScript_WhenAWorkerIsChecked_ThenItsOutputDecides(string script, HealthStatus status, string message)
    {
        await using RunWorld world = await CreateAsync("worker1");
        await PolicyAsync(world, policy => policy with { Scripts = new Dictionary<ScriptSyntax, string> { [ScriptSyntax.Bash] = script } });
        WorkerHealth health = await CheckAsync(world);
        Assert.Equal(status, health.Status);
        Assert.Contains(message, health.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", health.Message, StringComparison.Ordinal);
        AssertNothingIsLeft(world);
    }

    [Fact]
    public async Task GivenAScriptThatDoesNotEnd_WhenAWorkerIsChecked_ThenItIsEndedAndUnhealthy()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await PolicyAsync(world, policy => policy with
        {
            Scripts = new Dictionary<ScriptSyntax, string> { [ScriptSyntax.Bash] = "echo here >&2; sleep 300" }, Timeout = TimeSpan.FromSeconds(1),
        });
        WorkerHealth health = await CheckAsync(world);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("did not end within 1s", health.Message, StringComparison.Ordinal);
        AssertNothingIsLeft(world);
    }

    [Fact]
    public async Task GivenAnUnhealthyWorker_WhenARunNeedsIt_ThenThereIsNoneForIt()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await PolicyAsync(world, policy => policy with { Scripts = new Dictionary<ScriptSyntax, string> { [ScriptSyntax.Bash] = "echo worn out >&2" } });
        RunDetails run = await world.RunAsync(Step("Say", "echo hello"));
        Assert.Equal(EngineError.NoEligibleWorker, run.Cause);
        Assert.Contains("worn out", run.Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenCapabilitiesOfOnesOwn_WhenAStepDemandsThem_ThenTheyAreMet()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await PolicyAsync(world, policy => policy with
        {
            Capabilities = [new("widget", "echo 'Widget version 4.2.1 of today'"), new("plain", "true"), new("missing", "echo 1.0; exit 1")],
        });
        StepDefinition step = Step("Say", "echo hello");
        Assert.Equal(RunStatus.Success, (await world.RunAsync(step with { Demands = [CapabilityDemand.Parse("widget >= 4.2"), CapabilityDemand.Parse("plain")] })).Run.Status);
        Assert.Equal(EngineError.NoEligibleWorker, (await world.RunAsync(step with { Demands = [CapabilityDemand.Parse("missing")] })).Cause);
        Assert.Equal("4.2.1", (await world.First.Store.GetWorkersAsync(Stop))[0].Health.Capabilities["widget"]);
        AssertNothingIsLeft(world);
    }

    [Fact]
    public async Task GivenConnectivityOnly_WhenAWorkerIsChecked_ThenNothingRunsThere()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await PolicyAsync(world, policy => policy with
        {
            Kind = HealthCheckKind.ConnectivityOnly,
            Scripts = new Dictionary<ScriptSyntax, string> { [ScriptSyntax.Bash] = "exit 1" },
            Capabilities = [new("widget", "echo 1.0")],
        });
        WorkerHealth health = await CheckAsync(world);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.DoesNotContain("widget", health.Capabilities.Keys);
    }

    [Fact]
    public async Task GivenAFindingThatIsTooOld_WhenWorkersAreRead_ThenTheirHealthIsUnknown()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await PolicyAsync(world, policy => policy with { Interval = TimeSpan.FromMilliseconds(1) });
        await CheckAsync(world);
        Assert.Equal(HealthStatus.Unknown, Assert.Single(await world.First.Engine.GetWorkersAsync(Stop)).Health.Status);
        await PolicyAsync(world, policy => policy with { Interval = TimeSpan.FromHours(1) });
        await CheckAsync(world);
        Assert.Equal(HealthStatus.Healthy, Assert.Single(await world.First.Engine.GetWorkersAsync(Stop)).Health.Status);
    }

    [Fact]
    public async Task GivenTheDriversUpkeep_WhenItIsItsTurn_ThenDueWorkersAreCheckedAndLongUnavailableOnesGo()
    {
        await using RunWorld world = await CreateAsync("worker1", "worker2", "worker3");
        await PolicyAsync(world, policy => policy with { RemoveUnavailableAfter = TimeSpan.FromDays(1) });
        await UnavailableSinceAsync(world, "worker2", TimeSpan.FromDays(2));
        await UnavailableSinceAsync(world, "worker3", TimeSpan.FromDays(2));
        world.Transport.Refuse("worker2");
        List<string> said = [];
        await TurnAsync(world, said);
        IReadOnlyList<WorkerRecord> left = await world.First.Store.GetWorkersAsync(Stop);
        Assert.Equal(["worker1", "worker3"], left.Select(worker => worker.Name));
        Assert.All(left, worker => Assert.Equal(HealthStatus.Healthy, worker.Health.Status));
        Assert.Contains("Removed worker 'worker2'", Assert.Single(said), StringComparison.Ordinal);
        await TurnAsync(world, said);
        Assert.Single(said);
    }

    private static Task TurnAsync(RunWorld world, List<string> said) => world.First.Engine.UpkeepAsync(said.Add, Stop);

    private static async Task UnavailableSinceAsync(RunWorld world, string name, TimeSpan length)
    {
        WorkerRecord worker = (await world.First.Store.GetWorkersAsync(Stop)).Single(worker => worker.Name == name);
        WorkerHealth health = new(HealthStatus.Unavailable, TimeProvider.System.GetUtcNow() - length, "gone", new Dictionary<string, string>());
        await world.First.Store.SetWorkerHealthAsync(worker.Id, health, Stop);
    }

    private static async Task<WorkerHealth> CheckAsync(RunWorld world)
    {
        WorkerRecord worker = (await world.First.Store.GetWorkersAsync(Stop))[0];
        WorkerCheck check = await world.First.Engine.CheckWorkerAsync(worker, Stop);
        return check.Health;
    }

    private static Task<MachinePolicyRecord> PolicyAsync(RunWorld world, Func<MachinePolicyDefinition, MachinePolicyDefinition> change)
        => world.First.Store.PutMachinePolicyAsync(change(new(MachinePolicyDefinition.DefaultName)), false, Stop);

    private static void AssertNothingIsLeft(RunWorld world)
        => Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(world.StateHome, "*", SearchOption.AllDirectories),
            path => Path.GetFileName(path).StartsWith("health-", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("probe-", StringComparison.Ordinal));
}
