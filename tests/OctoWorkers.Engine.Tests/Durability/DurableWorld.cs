using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>A store, a worker's state folder and the side effects of scripts, all in a folder of one case's own.</summary>
internal sealed class DurableWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    private DurableWorld()
    {
        Directory.CreateDirectory(StateHome);
        Directory.CreateDirectory(Here);
    }

    /// <summary>The store's folder.</summary>
    public string Home => folder.File("home");

    /// <summary>Where workers keep their state.</summary>
    public string StateHome => folder.File("state");

    /// <summary>Where scripts leave their marks.</summary>
    public string Here => folder.File("here");

    /// <summary>Whom tests look at; null in a world whose store is not made yet.</summary>
    public SqliteStore Store { get; private set; } = null!;

    /// <summary>The tickets under which scripts were executed, in order of the executions.</summary>
    public IReadOnlyList<string> Effects => File.Exists(EffectsFile) ? File.ReadAllLines(EffectsFile) : [];

    /// <summary>The keys of the store.</summary>
    public SecretKeyring Secrets => new(Home, null, TimeProvider.System);

    private string EffectsFile => Path.Combine(Here, "effects");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An empty one.</summary>
    public static DurableWorld Empty() => new();

    /// <summary>Makes one with these runbooks. Its driver leaves as soon as nothing is to be done.</summary>
    public static async Task<DurableWorld> MakeAsync(params RunbookDefinition[] runbooks)
    {
        DurableWorld world = new();
        await world.OpenAsync();
        await world.Store.PutEnvironmentAsync(new EnvironmentDefinition("Test"), mustBeNew: true, Stop);
        foreach (string target in runbooks.SelectMany(runbook => runbook.Steps).Any(step => step.Targets is not null) ? (string[])["web-1", "web-2"] : [])
        {
            await world.Store.PutTargetAsync(new(target, new LocalConnection(), ["Test"], ["web"]), mustBeNew: true, Stop);
        }

        await world.Store.SetSettingAsync("driverIdle", "0", Stop);
        await world.Store.SetSettingAsync("cancelGrace", "0.3", Stop);
        foreach (RunbookDefinition runbook in runbooks)
        {
            await world.Store.PutRunbookAsync(runbook, TimeProvider.System.GetUtcNow(), Stop);
        }

        return world;
    }

    /// <summary>Opens the store, which another process may have made.</summary>
    public async Task OpenAsync() => Store = await SqliteStore.OpenAsync(Home, TimeProvider.System, Stop);

    /// <summary>An engine in this process; whoever made it disposes of it.</summary>
    public OctoWorkersEngine Engine(Journal.IStore? store = null, TimeProvider? time = null) => new(
        store ?? Store,
        [Transport(time)],
        Secrets,
        new ArtifactFolder(Home),
        new NoDriver(),
        time ?? TimeProvider.System);

    /// <summary>A way to this machine as a worker.</summary>
    public LocalTransport Transport(TimeProvider? time = null) => new(time ?? TimeProvider.System)
    {
        Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = StateHome, ["HERE"] = Here },
    };

    /// <summary>Is the driver, in this process, until nothing is left to do.</summary>
    public async Task DriveAsync()
    {
        await using OctoWorkersEngine engine = Engine();
        await engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(3), Stop);
    }

    /// <summary>Waits until a script has made a file.</summary>
    public Task MadeAsync(string name) => Eventually.HoldsAsync(() => File.Exists(Path.Combine(Here, name)), $"a script made '{name}'", Stop);

    /// <summary>Waits until a line of the first run's first step is in the store.</summary>
    public async Task StoredAsync()
    {
        while ((await Store.GetLogAsync(new(1), 0, 1, int.MaxValue, Stop)).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    /// <summary>Makes a file that a script waits for.</summary>
    public void Give(string name) => File.WriteAllText(Path.Combine(Here, name), "");

    /// <summary>Processes that have something of this world in their command line.</summary>
    public IReadOnlyList<int> Processes() => ProcessTree.WithCommandLine(folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (Store is not null)
        {
            await Store.DisposeAsync();
        }

        foreach (int process in Processes())
        {
            ProcessTree.Kill(process);
        }

        await Eventually.HoldsAsync(() => Processes().Count == 0, "what was killed has gone", CancellationToken.None);
        folder.Dispose();
    }
}
