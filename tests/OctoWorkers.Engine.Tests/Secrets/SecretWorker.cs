using OctoWorkers.Engine.Tests.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Engine.Tests.Secrets;

/// <summary>An engine with one worker, reached in one way and served by one runner, and the folders in which a secret could be left.</summary>
internal sealed class SecretWorker : IAsyncDisposable
{
    private readonly SshTransport? ssh;

    private SecretWorker(RunWorld world, EngineInstance engine, SshTransport? ssh, string stateHome)
    {
        World = world;
        Engine = engine;
        this.ssh = ssh;
        Folders = [engine.Store.Location, stateHome, world.File("temporary"), world.File("home")];
        StateHome = stateHome;
    }

    public RunWorld World { get; }

    public EngineInstance Engine { get; }

    /// <summary>The worker's state, and so also its scripts' working directories.</summary>
    public string StateHome { get; }

    /// <summary>The engine's home, the worker's state, and a local worker's temporary and home folder.</summary>
    public IReadOnlyList<string> Folders { get; }

    public static async Task<SecretWorker> CreateAsync(SshServer? server, RunnerChoice runner)
    {
        RunWorld world = await RunWorld.CreateAsync();
        Directory.CreateDirectory(world.File("temporary"));
        Directory.CreateDirectory(world.File("home"));
        SshTransport? ssh = server is null ? null : new(TimeProvider.System) { Runner = runner };
        IWorkerTransport transport = (IWorkerTransport?)ssh ?? new LocalTransport(TimeProvider.System)
        {
            Runner = runner,
            Environment = new Dictionary<string, string>
            {
                ["XDG_STATE_HOME"] = world.StateHome, ["TMPDIR"] = world.File("temporary"), ["HOME"] = world.File("home"), ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            },
        };
        EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        WorkerConnection connection = server is null ? new LocalConnection() : server.Connection;
        await world.First.Store.PutWorkerAsync(new("worker", connection, [WorkerPoolDefinition.DefaultName]), true, TestContext.Current.CancellationToken);
        return new(world, engine, ssh, server?.StateHome ?? world.StateHome);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        ssh?.Dispose();
        await World.DisposeAsync();
    }
}
