using System.Globalization;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Bench;

/// <summary>
/// How long a task slot that becomes free stays free while many runs wait: two engines with a store connection each, on one store, runs with one of many
/// concurrency tags. A run is one local step that does nothing.
/// </summary>
internal static class QueueBench
{
    private const string Place = "Bench";

    /// <summary>Runs it.</summary>
    /// <param name="output">Where the figures go: milliseconds.</param>
    /// <param name="numbers">How many runs (1000), tags (100) and slots (4).</param>
    public static async Task RunAsync(TextWriter output, IReadOnlyList<string> numbers)
    {
        int runs = Number(numbers, 0, 1000);
        int tags = Number(numbers, 1, 100);
        int slots = Number(numbers, 2, 4);
        string home = Directory.CreateTempSubdirectory("octoworkers-queue-").FullName;
        try
        {
            await MeasureAsync(output, home, runs, tags, slots);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string home, int runs, int tags, int slots)
    {
        await using SqliteStore first = await OpenAsync(home);
        await using SqliteStore second = await OpenAsync(home);
        await first.SetSettingAsync("taskCap", slots.ToString(CultureInfo.InvariantCulture), default);
        await first.PutEnvironmentAsync(new(Place), true, default);
        await first.PutRunbookAsync(new(Place, [new("nothing", new ScriptAction("true"))]), TimeProvider.System.GetUtcNow(), default);
        await using OctoWorkersEngine one = Engine(first, home);
        await using OctoWorkersEngine other = Engine(second, home);
        await one.PauseQueueAsync("", default);
        List<RunRecord> queued = [];
        for (int i = 0; i < runs; i++)
        {
            VariableDefinition tag = VariableDefinition.Text("Octopus.Task.ConcurrencyTag", $"tag {i % tags}");
            queued.Add(await (i % 2 == 0 ? one : other).StartRunAsync(new NewRun(Place, Place) { Variables = [tag] }, default));
        }

        long began = TimeProvider.System.GetTimestamp();
        await one.ResumeQueueAsync(default);
        foreach (RunRecord run in queued)
        {
            RunRecord ended = await one.WaitForRunAsync(run.Id, default);
            if (ended.Status != RunStatus.Success)
            {
                throw new OctoWorkersException(EngineError.RunFailed, $"{ended.Id} ended as {ended.Status}: {ended.Error}", ended.Id);
            }
        }

        TimeSpan all = TimeProvider.System.GetElapsedTime(began);
        IReadOnlyList<RunSummary> done = await first.GetRunsAsync(new(), default);
        DateTimeOffset[] ends = [.. done.Select(run => run.Ended!.Value).Order()];
        DateTimeOffset[] starts = [.. done.Select(run => run.Started!.Value).Order()];
        double[] gaps = [.. starts.Skip(slots).Zip(ends, (start, end) => Math.Max(0, (start - end).TotalMilliseconds)).Order()];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} runs, {tags} tags, {slots} slots: median {gaps[gaps.Length / 2]:F1} ms, 95 % {gaps[gaps.Length * 95 / 100]:F1} ms, 99 % {gaps[gaps.Length * 99 / 100]:F1} ms, longest {gaps[^1]:F1} ms; all in {all.TotalSeconds:F1} s"));
    }

    private static Task<SqliteStore> OpenAsync(string home) => SqliteStore.OpenAsync(home, TimeProvider.System, default);

    private static OctoWorkersEngine Engine(SqliteStore store, string home)
        => new(store, [new LocalTransport(TimeProvider.System)], new SecretKeyring(home, null, TimeProvider.System), new ArtifactFolder(home), new NoDriver(), TimeProvider.System);

    private static int Number(IReadOnlyList<string> numbers, int index, int otherwise)
        => index < numbers.Count ? int.Parse(numbers[index], NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
