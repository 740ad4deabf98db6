using Newtonsoft.Json.Linq;
using OctoWorkers.Storage;

namespace OctoWorkers.Cli.Tests;

public sealed class QueueCommandTests : IDisposable
{
    private const string Definitions = """
        environments:
          - name: Production
        pools:
          - { name: Least, policy: LeastLeases, maxSteps: 4 }
        workers:
          - { name: w, connection: local, pool: Least, maxSteps: 2 }
        runbooks:
          - name: Hello
            steps:
              - { name: Say hello, bash: echo hello }
          - name: Later
            priority: low
            queueExpiry: 30m
            variables:
              - { name: Octopus.Task.ConcurrencyTag, value: "#{Octopus.Environment.Name}" }
            steps:
              - { name: Say hello, bash: echo hello }
        """;

    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenQueuedRuns_WhenMoved_ThenTheQueueIsInThatOrder()
    {
        await StartAsync("Hello");
        await StartAsync("Later");
        await StartAsync("Hello", "--priority", "HIGH");
        Assert.Equal(["RunbookRuns-3", "RunbookRuns-1", "RunbookRuns-2"], await OrderAsync());
        await harness.JsonAsync("queue", "priority", "2", "normal");
        await harness.JsonAsync("queue", "priority", "3", "low");
        Assert.Equal(["RunbookRuns-1", "RunbookRuns-2", "RunbookRuns-3"], await OrderAsync());
        Assert.Contains("first of the queue", (await harness.RunAsync("queue", "top", "latest")).Out, StringComparison.Ordinal);
        Assert.Equal(["RunbookRuns-3", "RunbookRuns-1", "RunbookRuns-2"], await OrderAsync());
        CommandOutcome table = await harness.RunAsync("queue");
        Assert.Matches(@"(?s)RunbookRuns-3.*low.*RunbookRuns-1.*normal", table.Out);
    }

    [Fact]
    public async Task GivenWhatARunbookSays_WhenARunIsAskedFor_ThenItHoldsUnlessTheRunSaysOtherwise()
    {
        await StartAsync("Later");
        JToken later = (await harness.JsonAsync("runs"))[0]!;
        Assert.Equal(("low", "Production"), (later.Value<string>("priority"), later.Value<string>("concurrencyTag")));
        Assert.Equal(TimeSpan.FromMinutes(30), Expiry(later));
        await StartAsync("Later", "--priority", "normal", "--queue-expiry", "2h", "--variable", "Octopus.Task.ConcurrencyTag=");
        later = (await harness.JsonAsync("show", "latest"))!;
        Assert.Equal(("normal", null), (later.Value<string>("priority"), later.Value<string>("concurrencyTag")));
        Assert.Equal(TimeSpan.FromHours(2), Expiry(later));

        static TimeSpan Expiry(JToken run) => run.Value<DateTime>("queueExpires") - run.Value<DateTime>("created");
    }

    [Theory]
    [InlineData("InvalidArgument: There is no priority 'urgent'. There are: high, normal, low.", "--priority", "urgent")]
    [InlineData("InvalidArgument: There is no priority 'hihg'", "--priority", "hihg")]
    [InlineData("InvalidArgument: --queue-expiry: must be longer than zero.", "--queue-expiry", "0s")]
    [InlineData("InvalidArgument: --queue-expiry: ", "--queue-expiry", "soon")]
    public async Task GivenBadOption_WhenRun_ThenItIsRefused(string message, params string[] options)
    {
        await ApplyAsync();
        CommandOutcome outcome = await harness.RunAsync(["run", "Hello", "--environment", "Production", "--detach", .. options]);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.StartsWith($"octoworkers: {message}", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenPausedQueue_WhenLookedAt_ThenQueueRunsPlanAndDoctorSaySo()
    {
        await StartAsync("Hello");
        JToken pause = await harness.JsonAsync("queue", "pause", "--reason", "moving");
        Assert.Equal("moving", pause.Value<string>("reason"));
        Assert.Equal("moving", (await harness.JsonAsync("queue", "pause")).Value<string>("reason"));
        Assert.Equal("QueuePaused", (await harness.JsonAsync("why", "1")).SelectToken("waits[0].kind"));
        Assert.Equal("moving", (await harness.JsonAsync("queue")).SelectToken("pause.reason"));
        Assert.Contains("paused by", (await harness.RunAsync("queue")).Out, StringComparison.Ordinal);
        Assert.Contains(": moving.", (await harness.RunAsync("runs")).Out, StringComparison.Ordinal);
        Assert.Contains("It would wait for the queue, which is paused", (await harness.RunAsync("plan", "Hello", "--environment", "Production")).Out, StringComparison.Ordinal);
        Assert.Equal("QueuePaused", (await harness.JsonAsync("plan", "Hello", "--environment", "Production")).SelectToken("waits[0].kind"));
        JToken finding = (await harness.JsonAsync("doctor", "--no-workers")).Single(one => one.Value<string>("subject") == "queue");
        Assert.Equal("Warning", finding.Value<string>("verdict"));
        Assert.True((await harness.JsonAsync("queue", "resume")).Value<bool>("wasPaused"));
        Assert.False((await harness.JsonAsync("queue", "resume")).Value<bool>("wasPaused"));
        Assert.Equal(JTokenType.Null, (await harness.JsonAsync("queue"))["pause"]!.Type);
    }

    [Fact]
    public async Task GivenRunThatWaits_WhenAskedWhy_ThenItSaysForWhatSinceWhenAndWhoHasIt()
    {
        await StartAsync("Later");
        await StartAsync("Later");
        await using (SqliteStore store = await harness.OpenStoreAsync())
        {
            CancellationToken cancel = TestContext.Current.CancellationToken;
            Assert.True(await store.TryTakeSlotAsync(new(1), 1, "here", 5, DateTimeOffset.UnixEpoch, cancel));
            await store.EnterQueueAsync(new(2), 1, "here", DateTimeOffset.UnixEpoch, cancel);
        }

        JToken wait = (await harness.JsonAsync("why", "latest")).SelectToken("waits[0]")!;
        Assert.Equal(("ConcurrencyTag", "RunbookRuns-1"), (wait.Value<string>("kind"), wait.SelectToken("holders[0].run")!.Value<string>()));
        CommandOutcome told = await harness.RunAsync("why", "2");
        Assert.Contains("RunbookRuns-2 is Queued and waits for:", told.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?s)HELD BY.*RunbookRuns-1", told.Out);
        Assert.Contains("waits for a process that drives it", (await harness.RunAsync("why", "1")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("why", "9")).ExitCode);
    }

    [Fact]
    public async Task GivenRunThatIsNotInTheQueue_WhenMoved_ThenItConflicts()
    {
        await StartAsync("Hello");
        await harness.RunAsync("cancel", "1", "--no-wait");
        Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("queue", "top", "9")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("queue", "priority", "1", "soon")).ExitCode);
    }

    [Fact]
    public async Task GivenCapsAndPolicies_WhenDefinedOrAdded_ThenTheyAreShown()
    {
        await ApplyAsync();
        JToken pool = await harness.JsonAsync("pool", "show", "Least");
        Assert.Equal(("LeastLeases", 4), (pool.Value<string>("policy"), pool.Value<int>("maxSteps")));
        Assert.Equal(2, (await harness.JsonAsync("worker", "show", "w")).Value<int>("maxSteps"));
        pool = await harness.JsonAsync("pool", "add", "Other", "--policy", "leastleases", "--max-steps", "1");
        Assert.Equal(("LeastLeases", 1), (pool.Value<string>("policy"), pool.Value<int>("maxSteps")));
        pool = await harness.JsonAsync("pool", "set-default", "Other");
        Assert.Equal(("LeastLeases", 1), (pool.Value<string>("policy"), pool.Value<int>("maxSteps")));
        Assert.Equal(3, (await harness.JsonAsync("worker", "add", "v", "--local", "--max-steps", "3")).Value<int>("maxSteps"));
        Assert.Contains("Steps at once", (await harness.RunAsync("worker", "show", "v")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("pool", "add", "Bad", "--max-steps", "0")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("pool", "add", "Bad", "--policy", "Random")).ExitCode);
    }

    [Fact]
    public async Task GivenWorkerWithoutLeases_WhenDrainedWithADeadline_ThenItIsFreeAtOnce()
    {
        await ApplyAsync();
        CommandOutcome outcome = await harness.RunAsync("worker", "drain", "w", "--deadline", "10m", "--cancel", "--wait");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Worker 'w' is draining now; it is to be free by ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Worker 'w' is free.", outcome.Out, StringComparison.Ordinal);
        JToken worker = await harness.JsonAsync("worker", "show", "w");
        Assert.Equal(("Draining", true), (worker.Value<string>("state"), worker.Value<bool>("drainCancels")));
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("worker", "drain", "w", "--cancel")).ExitCode);
        await harness.JsonAsync("worker", "enable", "w");
        Assert.Equal(JTokenType.Null, (await harness.JsonAsync("worker", "show", "w"))["drainDeadline"]!.Type);
    }

    private async Task ApplyAsync() => await harness.JsonAsync("apply", harness.WriteFile("definitions.yaml", Definitions));

    private async Task StartAsync(string runbook, params string[] options)
    {
        await ApplyAsync();
        CommandOutcome outcome = await harness.RunAsync(["run", runbook, "--environment", "Production", "--detach", .. options]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    private async Task<IEnumerable<string?>> OrderAsync() => (await harness.JsonAsync("queue"))["runs"]!.Select(run => run.Value<string>("id"));
}
