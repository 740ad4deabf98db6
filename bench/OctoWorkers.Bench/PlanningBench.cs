using System.Globalization;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Bench;

/// <summary>
/// How long planning takes against a store of many workers: showing the plan of a run, and drawing a worker in the transaction that plans of runs use, which writes and
/// waits for the store. No two workers are alike, and every step demands something of its worker.
/// </summary>
internal static class PlanningBench
{
    private const string Place = "Bench";
    private const int Turns = 30;

    /// <summary>Runs it.</summary>
    /// <param name="output">Where the figures go: milliseconds.</param>
    /// <param name="arguments">How many workers (10000) and steps (20); a folder that the store is left in.</param>
    public static async Task RunAsync(TextWriter output, IReadOnlyList<string> arguments)
    {
        int workers = Number(arguments, 0, 10_000);
        int steps = Number(arguments, 1, 20);
        string home = arguments.Count > 2 ? Directory.CreateDirectory(arguments[2]).FullName : Directory.CreateTempSubdirectory("octoworkers-planning-").FullName;
        try
        {
            await MeasureAsync(output, home, workers, steps);
        }
        finally
        {
            if (arguments.Count <= 2)
            {
                Directory.Delete(home, recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(TextWriter output, string home, int workers, int steps)
    {
        await using (SqliteStore store = await SqliteStore.OpenAsync(home, TimeProvider.System, default))
        {
            await FillAsync(store, workers, steps);
        }

        // Opened anew: what was parsed while the store was filled is known to this process, but nothing of it is on a page of this connection.
        await using SqliteStore opened = await SqliteStore.OpenAsync(home, TimeProvider.System, default);
        await using OctoWorkersEngine engine = new(
            opened, [new LocalTransport(TimeProvider.System)], new SecretKeyring(home, null, TimeProvider.System), new ArtifactFolder(home), new NoDriver(), TimeProvider.System);
        string what = string.Create(CultureInfo.InvariantCulture, $"{workers} workers, {steps} steps");
        await PrintAsync(output, $"the plan of a run, {what}", () => engine.PreviewAsync(new(Place, Place), new DefinitionSet(), false, default));
        WorkerRequest request = new() { Pool = Place, Runbook = Place, Demands = [CapabilityDemand.Parse("tool >= 1.0")] };
        await PrintAsync(output, $"a draw that is kept, {workers} workers", () => engine.DrawWorkerAsync(request, default));
    }

    private static async Task FillAsync(SqliteStore store, int workers, int steps)
    {
        await store.ChangeDefinitionsAsync(
            _ => new DefinitionsToPut
            {
                Environments = [new(Place)],
                Pools = [new(Place)],
                Workers = [.. Enumerable.Range(1, workers).Select(number => new WorkerDefinition(Name(number), new SshConnection($"{Name(number)}.example.org") { User = "deploy" }, [Place]))],
                Runbooks =
                [
                    new(Place, [.. Enumerable.Range(1, steps).Select(number => new StepDefinition($"Step {number}", new ScriptAction("true"))
                    {
                        Pool = Place,
                        Packages = [new($"Package{number}") { Acquire = PackageAcquisition.None }],
                        Demands = [CapabilityDemand.Parse("tool >= 1.0")],
                    })]),
                ],
            },
            TimeProvider.System.GetUtcNow(),
            default);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Task.WhenAll((await store.GetWorkersAsync(default)).Select(worker => store.SetWorkerHealthAsync(worker.Id, new(HealthStatus.Healthy, now, "", Capabilities(worker)), default)));
    }

    private static Dictionary<string, string> Capabilities(WorkerRecord worker) => new()
    {
        ["os"] = "Linux", ["machine"] = "x86_64", ["hostname"] = worker.Name, ["user"] = "deploy", ["runner"] = "perl", ["termination"] = "Subreaper",
        ["bash"] = "5.2.15", ["sh"] = "", ["perl"] = "5.36.0", ["python3"] = "3.11.2", ["tool"] = $"1.{worker.Id.Number % 7}", ["git"] = "2.39.5",
    };

    private static async Task PrintAsync(TextWriter output, string what, Func<Task> work)
    {
        double first = await TimeAsync(work);
        double[] others = new double[Turns];
        for (int turn = 0; turn < Turns; turn++)
        {
            others[turn] = await TimeAsync(work);
        }

        Array.Sort(others);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: median {others[Turns / 2]:F1} ms, longest {others[^1]:F1} ms, the first in a process {first:F1} ms"));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private static string Name(int number) => $"worker-{number:D5}";

    private static int Number(IReadOnlyList<string> numbers, int index, int otherwise)
        => index < numbers.Count ? int.Parse(numbers[index], NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
