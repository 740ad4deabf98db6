using System.Diagnostics;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Bench;

/// <summary>Many runs of one runbook, some at a time, each begun and awaited as any caller of the engine would.</summary>
/// <param name="Count">How many runs.</param>
/// <param name="AtOnce">How many of them at a time.</param>
internal sealed record RunBatch(int Count, int AtOnce)
{
    private const string Runbook = "Bench";
    private const string Environment = "Bench";

    /// <summary>Reads what the script beside this program sends.</summary>
    /// <param name="line">Two numbers: runs, and how many at a time.</param>
    public static RunBatch Parse(string line)
        => line.Split(' ') is [var count, var atOnce] && int.TryParse(count, out int runs) && int.TryParse(atOnce, out int parallel)
            ? new(runs, parallel)
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"'{line}' is not two numbers: how many runs, how many at a time.", line);

    /// <summary>Runs them all.</summary>
    /// <param name="engine">Drives them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>From the first request to the end of the last run, as stored.</returns>
    /// <exception cref="OctoWorkersException">A run did not succeed.</exception>
    public async Task<TimeSpan> RunAsync(OctoWorkersEngine engine, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (_, stop) => await RunOneAsync(engine, stop));
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task RunOneAsync(OctoWorkersEngine engine, CancellationToken cancellationToken)
    {
        RunRecord run = await engine.StartRunAsync(new NewRun(Runbook, Environment), cancellationToken);
        run = await engine.WaitForRunAsync(run.Id, cancellationToken);
        if (run.Status != RunStatus.Success)
        {
            throw new OctoWorkersException(EngineError.InvalidRunState, $"{run.Id} ended as {run.Status}: {run.Error}", run.Id);
        }
    }
}
