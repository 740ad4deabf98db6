using OctoWorkers.Engine;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Secrets;
using OctoWorkers.TestKit.Time;
using OctoWorkers.TestKit.Workers;

namespace OctoWorkers.Model.Tests.World;

/// <summary>An engine with a store connection, connections to workers and a clock of its own, as a process has them, that can die at any moment.</summary>
internal sealed class PlayedEngine : IAsyncDisposable
{
    private readonly ProcessLife life = new();
    private readonly TurnedTime time;
    private readonly SqliteStore real;
    private readonly string folder;
    private readonly CancellationTokenSource leaving = new();
    private Task driving = Task.CompletedTask;

    private PlayedEngine(string folder, SqliteStore real, TurnedTime time, SimulatedFleet fleet)
    {
        this.folder = folder;
        this.real = real;
        this.time = time;
        Store = MortalStore.Around(real, life);
        Engine = new(Store, [fleet.TransportOf(life)], new PlainProtector(), new ArtifactFolder(folder), new NoLauncher(), time);
        Engine.StartDriving();
    }

    /// <summary>The engine.</summary>
    public OctoWorkersEngine Engine { get; }

    /// <summary>The store as the engine has it.</summary>
    public IStore Store { get; }

    /// <summary>What the store calls the process.</summary>
    public string Id => MortalStore.EngineOf(Store).Value;

    private string Declaration => Path.Combine(folder, "engines", $"{Id}.lock");

    /// <summary>Starts one.</summary>
    /// <param name="folder">The store's.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="fleet">The workers.</param>
    /// <param name="isDriver">Whether it is the background driver.</param>
    public static async Task<PlayedEngine> StartAsync(string folder, TurnedClock clock, SimulatedFleet fleet, bool isDriver)
    {
        TurnedTime time = clock.View();
        PlayedEngine engine = new(folder, await SqliteStore.OpenAsync(folder, time, CancellationToken.None), time, fleet);
        if (isDriver)
        {
            engine.driving = engine.Engine.DriveUntilIdleAsync(engine.leaving.Token);
        }

        return engine;
    }

    /// <summary>Dies as of <c>kill -9</c>: what its store has accepted may still be stored, and nothing else happens.</summary>
    public async Task KillAsync()
    {
        life.End();
        time.Stop();
        await real.DisposeAsync();
        MortalStore.LetGo(Store);

        // The kernel lets the lock go; the file stays.
        await File.WriteAllTextAsync(Declaration, "");
        leaving.Dispose();
    }

    /// <summary>Something removes what declares it alive, and it does not notice at once.</summary>
    public void LoseDeclaration() => File.Delete(Declaration);

    /// <summary>Leaves as a process does that is asked to.</summary>
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await driving;
        await Engine.DisposeAsync();
        await real.DisposeAsync();
        time.Stop();
        leaving.Dispose();
    }
}
