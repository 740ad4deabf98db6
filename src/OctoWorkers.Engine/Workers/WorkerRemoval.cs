using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Workers;

/// <summary>Removes a worker that may have leases.</summary>
internal static class WorkerRemoval
{
    /// <summary>Cancels the runs that have a lease on a worker, waits for them, and removes it. It is disabled first, so that no run draws it meanwhile.</summary>
    /// <param name="engine">Cancels and waits.</param>
    /// <param name="name">The worker's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task ForceAsync(OctoWorkersEngine engine, string name, CancellationToken cancellationToken)
    {
        WorkerRecord worker = await engine.Store.SetWorkerStateAsync(name, WorkerState.Disabled, cancellationToken).ConfigureAwait(false);
        await CancelAsync(engine, worker.Id, $"worker '{name}' was removed", cancellationToken).ConfigureAwait(false);
        await engine.Store.RemoveWorkerAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Likewise for a deployment target.</summary>
    /// <param name="engine">Cancels and waits.</param>
    /// <param name="name">The target's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task ForceTargetAsync(OctoWorkersEngine engine, string name, CancellationToken cancellationToken)
    {
        DeploymentTargetRecord target = await engine.Store.SetTargetDisabledAsync(name, true, cancellationToken).ConfigureAwait(false);
        await CancelAsync(engine, target.Machine.Id, $"deployment target '{name}' was removed", cancellationToken).ConfigureAwait(false);
        await engine.Store.RemoveTargetAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CancelAsync(OctoWorkersEngine engine, WorkerId machine, string reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerLease> leases = await engine.Store.GetLeasesAsync(cancellationToken).ConfigureAwait(false);
        RunId[] runs = [.. leases.Where(lease => lease.Worker == machine).Select(lease => lease.Run).Distinct()];
        foreach (RunId run in runs)
        {
            await engine.CancelRunAsync(run, reason, cancellationToken).ConfigureAwait(false);
        }

        await engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
        foreach (RunId run in runs)
        {
            await engine.WaitForRunAsync(run, cancellationToken).ConfigureAwait(false);
        }
    }
}
