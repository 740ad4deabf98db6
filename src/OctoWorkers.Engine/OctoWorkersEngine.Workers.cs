using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine;

/// <content>Workers.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>Checks a worker now and stores what was found. A worker that cannot be reached is a finding, not an exception.</summary>
    /// <param name="worker">The worker; <see cref="WorkerRecord.BuiltIn"/> too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WorkerCheck> CheckWorkerAsync(WorkerRecord worker, CancellationToken cancellationToken)
        => services.Health.CheckByPolicyAsync(worker, cancellationToken);

    /// <summary>All workers, without the built-in one, with their health as far as it is known now: a finding that is older than its policy's interval is <see cref="HealthStatus.Unknown"/>.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<WorkerRecord>> GetWorkersAsync(CancellationToken cancellationToken)
    {
        EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MachinePolicyRecord> policies = await Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkerRecord> workers = await Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        return MachinePolicies.AsOf(workers, policies, settings, time.GetUtcNow());
    }

    /// <summary>Removes a worker; with <paramref name="force"/> the runs that have a lease on it are canceled first, and waited for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="force">Whether leases do not matter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RemoveWorkerAsync(string name, bool force, CancellationToken cancellationToken)
        => force ? WorkerRemoval.ForceAsync(this, name, cancellationToken) : Store.RemoveWorkerAsync(name, cancellationToken);
}
