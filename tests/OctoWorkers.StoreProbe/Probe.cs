using System.Text;
using OctoWorkers.Storage;

namespace OctoWorkers.StoreProbe;

/// <summary>What the second process can do.</summary>
internal static class Probe
{
    /// <summary>Waits for a line, opens the store and says its key.</summary>
    internal static async Task<int> OpenAsync(string folder)
    {
        Say("ready");
        await Console.In.ReadLineAsync();
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
        await store.PutEnvironmentAsync(new(Guid.NewGuid().ToString()), true, default);
        Say(store.Key);
        return 0;
    }

    /// <summary>Says the names of the environments, and what comes of adding one.</summary>
    internal static async Task<int> ReadAsync(string folder)
    {
        try
        {
            await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
            Say(string.Join(',', (await store.GetEnvironmentsAsync(default)).Select(environment => environment.Name)));
            await store.PutEnvironmentAsync(new("Another"), true, default);
            Say("written");
        }
        catch (OctoWorkersException exception)
        {
            Say(exception.Error.ToString());
        }

        return 0;
    }

    /// <summary>Is an engine and the driver until its input ends.</summary>
    internal static async Task<int> HoldAsync(string folder, EngineId engine)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
        using IDisposable alive = store.Register(engine);
        using IDisposable? place = store.TryBecomeDriver();
        Say(place is null ? "no driver" : "driver");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Commits to several runs at once, each commit an event, a line and a cursor; says the run and the number of each that is stored.</summary>
    internal static async Task<int> WriteAsync(string folder, int runs, int commits)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
        EnvironmentRecord environment = await store.PutEnvironmentAsync(new("Production"), false, default);
        RunbookRecord runbook = await store.PutRunbookAsync(new("Probe", [new("Say", new ScriptAction("echo"))]), DateTimeOffset.UnixEpoch, default);
        RunRequest request = new(runbook.Id, runbook.Definition, environment);
        await Task.WhenAll(Enumerable.Range(0, runs).Select(_ => Task.Run(() => WriteRunAsync(store, request, commits))));
        return 0;
    }

    private static async Task WriteRunAsync(SqliteStore store, RunRequest request, int commits)
    {
        RunRecord run = await store.CreateRunAsync(request, null, DateTimeOffset.UnixEpoch, default);
        for (int number = 1; commits == 0 || number <= commits; number++)
        {
            await store.CommitAsync(
                new(run.Id, run.FencingToken)
                {
                    Events = [new TakenOver($"{number}") { At = DateTimeOffset.UnixEpoch }],
                    Log = [new(number, 1, 1, number, 1, DateTimeOffset.UnixEpoch, LogLevel.Information, false, Encoding.UTF8.GetBytes($"{number}\n"))],
                    Cursors = [new(1, 1, new(number, 0), number + 1, default, default)],
                    SurvivesPowerLoss = number % 10 == 0,
                },
                default);
            Say($"{run.Id.Number} {number}");
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
