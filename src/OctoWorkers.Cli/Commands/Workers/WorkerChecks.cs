using OctoWorkers.Engine;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary>Checks several workers at once.</summary>
internal static class WorkerChecks
{
    // An sshd with its defaults begins to drop connections at the eleventh that is not logged in yet.
    private const int AtOnce = 8;

    /// <summary>Checks workers, some at a time; the results are in the workers' order.</summary>
    internal static async Task<WorkerCheck[]> RunAsync(OctoWorkersEngine engine, IReadOnlyList<WorkerRecord> workers, CancellationToken cancellationToken)
    {
        WorkerCheck[] checks = new WorkerCheck[workers.Count];
        await Parallel.ForAsync(
            0,
            workers.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => checks[i] = await engine.CheckWorkerAsync(workers[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return checks;
    }

    /// <summary>Whether a worker with this health may be drawn.</summary>
    internal static bool IsEligible(HealthStatus status) => status is HealthStatus.Healthy or HealthStatus.HasWarnings;
}
