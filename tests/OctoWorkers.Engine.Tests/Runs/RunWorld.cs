using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>A store in a folder of its own, engines on it, and workers that are this machine, each with a state folder of its own.</summary>
internal sealed class RunWorld : IAsyncDisposable
{
    public const string TestEnvironment = "Test";

    private readonly TemporaryFolder folder = new();
    private readonly List<EngineInstance> engines = [];

    private RunWorld()
    {
        Directory.CreateDirectory(StateHome);
        Transport = new(new LocalTransport(TimeProvider.System)
        {
            Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = StateHome },
        });
    }

    public CuttingTransport Transport { get; }

    public string StateHome => folder.File("state home");

    public EngineInstance First => engines[0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes it, with an environment and workers in the default pool.</summary>
    public static async Task<RunWorld> CreateAsync(params string[] workers)
    {
        RunWorld world = new();
        EngineInstance first = await world.AddEngineAsync();
        await first.Store.PutEnvironmentAsync(new(TestEnvironment), true, Stop);
        await world.SetAsync("cancelGrace", "1");
        await world.AddWorkersAsync(WorkerPoolDefinition.DefaultName, workers);
        return world;
    }

    public string File(string name) => folder.File(name);

    public async Task AddWorkersAsync(string pool, params string[] workers)
    {
        if (pool != WorkerPoolDefinition.DefaultName)
        {
            await First.Store.PutPoolAsync(new(pool), false, Stop);
        }

        foreach (string worker in workers)
        {
            await First.Store.PutWorkerAsync(new(worker, new LocalConnection(), [pool]), true, Stop);
        }
    }

    public async Task<EngineInstance> AddEngineAsync()
    {
        EngineInstance engine = await EngineInstance.OpenAsync(folder.File("store"), Transport);
        engines.Add(engine);
        return engine;
    }

    /// <summary>Ends an engine as a process would that leaves.</summary>
    public async Task LeaveAsync(EngineInstance engine)
    {
        engines.Remove(engine);
        await engine.DisposeAsync();
    }

    public Task SetAsync(string name, string value) => First.Store.SetSettingAsync(name, value, Stop);

    public Task PutAsync(RunbookDefinition runbook) => First.Store.PutRunbookAsync(runbook, TimeProvider.System.GetUtcNow(), Stop);

    public Task PutAsync(string name, params StepDefinition[] steps) => PutAsync(new RunbookDefinition(name, steps));

    public static StepDefinition Step(string name, string script) => new(name, new ScriptAction(script));

    public static StepDefinition Call(string name, string runbook, bool wait = true) => new(name, new RunRunbookAction(runbook) { Wait = wait });

    /// <summary>Puts a runbook of the given steps, runs it to its end.</summary>
    public async Task<RunDetails> RunAsync(params StepDefinition[] steps)
    {
        await PutAsync("the runbook", steps);
        return await First.RunAsync("the runbook");
    }

    /// <summary>Runs another runbook to its end.</summary>
    public async Task<RunDetails> RunOtherAsync()
    {
        await PutAsync("another runbook", Step("says", "echo so"));
        return await First.RunAsync("another runbook");
    }

    public async Task<RunId> StartAsync(params StepDefinition[] steps)
    {
        await PutAsync("the runbook", steps);
        return (await First.StartAsync("the runbook")).Id;
    }

    /// <summary>No lease, no slot, nothing on a worker.</summary>
    public async Task AssertNothingIsLeftAsync()
    {
        Assert.Empty(await First.Store.GetUnfinishedRunsAsync(Stop));
        Assert.Empty(await First.Store.GetLeasesAsync(Stop));
        Assert.Empty(await First.Store.GetPendingCleanupsAsync(Stop));
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(StateHome, "*", SearchOption.AllDirectories),
            path => Path.GetFileName(path).StartsWith("RunbookRuns-", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string worker in (await First.Store.GetWorkersAsync(CancellationToken.None)).Select(worker => worker.Name))
        {
            Transport.Admit(worker);
        }

        Transport.Before = null;
        foreach (EngineInstance engine in Enumerable.Reverse(engines).ToArray())
        {
            await engine.DisposeAsync();
        }

        folder.Dispose();
    }
}
