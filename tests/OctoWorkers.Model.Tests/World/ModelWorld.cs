using OctoWorkers.Engine.Journal;
using OctoWorkers.Model.Tests.Laws;
using OctoWorkers.Model.Tests.Operations;
using OctoWorkers.Model.Tests.Scenarios;
using OctoWorkers.Storage;
using OctoWorkers.TestKit.Time;
using OctoWorkers.TestKit.Workers;

namespace OctoWorkers.Model.Tests.World;

/// <summary>What a scenario happens in: a real store, two engines on it, played workers, and a clock that is turned.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    private const int Hurry = 20;

    private readonly string folder;
    private readonly List<(PlayedEngine By, Task Work)> goingOn = [];
    private PlayedEngine[] engines = [];

    private ModelWorld(Scenario scenario, string folder, CancellationToken stop)
    {
        Scenario = scenario;
        Stop = stop;
        this.folder = folder;
    }

    public Scenario Scenario { get; }

    /// <summary>Stops the test.</summary>
    public CancellationToken Stop { get; }

    public ModelState Model { get; } = new();

    public TurnedClock Clock { get; } = new(Hurry);

    public SimulatedFleet Fleet { get; } = new();

    /// <summary>The store as a process sees it that drives nothing.</summary>
    public IStore Store { get; private set; } = null!;

    /// <summary>Looks at the store.</summary>
    public StoreObserver Observer { get; private set; } = null!;

    /// <summary>The engine of the background driver.</summary>
    public PlayedEngine Driver => engines[0];

    /// <summary>The engine of a process that drives the runs that it started.</summary>
    public PlayedEngine Front => engines[1];

    public static async Task<ModelWorld> CreateAsync(Scenario scenario, CancellationToken stop)
    {
        string root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Path.Combine(root, $"octoworkers-model-{Guid.NewGuid():N}");
        ModelWorld world = new(scenario, folder, stop);
        try
        {
            await StoreTemplate.CopyToAsync(folder);
            await world.OpenAsync();
            return world;
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Does something that may fail in these ways.</summary>
    public static async Task TryAsync(Func<Task> work, params EngineError[] expected)
    {
        try
        {
            await work();
        }
        catch (OctoWorkersException e) when (expected.Contains(e.Error))
        {
        }
    }

    /// <summary>Something goes on beside what comes next, for as long as its process lives.</summary>
    public void GoesOn(PlayedEngine by, Task work) => goingOn.Add((by, work));

    /// <summary>What people could answer now, oldest first.</summary>
    public Task<IReadOnlyList<Interruption>> PendingAsync() => Store.GetInterruptionsAsync(new() { PendingOnly = true }, Stop);

    /// <summary>Somebody answers; somebody else may have been quicker.</summary>
    public Task AnswerAsync(PlayedEngine engine, Interruption asked, int choice) => TryAsync(
        async () =>
        {
            InterruptionAnswer answer = asked.Answers[choice % asked.Answers.Count];
            await engine.Engine.AnswerInterruptionAsync(asked.Id, answer, "", Stop);
            Model.Answered(asked.Id, answer);
        },
        EngineError.InterruptionOver);

    /// <summary>A process goes, and another takes its place.</summary>
    public async Task ReplaceAsync(bool isDriver, Func<PlayedEngine, Task> go)
    {
        int place = isDriver ? 0 : 1;
        PlayedEngine old = engines[place];
        Model.Doubts(old.Id);
        goingOn.RemoveAll(work => work.By == old);
        await go(old);
        engines[place] = await PlayedEngine.StartAsync(folder, Clock, Fleet, isDriver);
    }

    /// <summary>Waits for what goes on.</summary>
    public Task AllDoneAsync() => Task.WhenAll(goingOn.Select(work => work.Work));

    public async ValueTask DisposeAsync()
    {
        try
        {
            Fleet.Recover();
            foreach (PlayedEngine engine in engines)
            {
                await engine.DisposeAsync();
            }

            Observer?.Dispose();
            await Store.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task OpenAsync()
    {
        Store = await SqliteStore.OpenAsync(folder, Clock.View(), Stop);
        Observer = new(Path.Combine(folder, "octoworkers.db"));
        await Store.SetSettingAsync("taskCap", Scenario.TaskCap.ToString(System.Globalization.CultureInfo.InvariantCulture), Stop);
        for (int place = 0; place < Scenario.Runbooks.Count; place++)
        {
            await Store.PutRunbookAsync(Scenario.Runbooks[place].ToDefinition(place), Clock.Now, Stop);
        }

        engines = [await PlayedEngine.StartAsync(folder, Clock, Fleet, true), await PlayedEngine.StartAsync(folder, Clock, Fleet, false)];
    }
}
