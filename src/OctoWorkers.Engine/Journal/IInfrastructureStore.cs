namespace OctoWorkers.Engine.Journal;

/// <summary>Environments, pools, machine policies and workers. Names are compared without case. Lists are ordered by id.</summary>
public interface IInfrastructureStore
{
    /// <summary>All environments.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<EnvironmentRecord>> GetEnvironmentsAsync(CancellationToken cancellationToken);

    /// <summary>Adds an environment, or changes the one of that name.</summary>
    /// <param name="environment">What it is to be.</param>
    /// <param name="mustBeNew">Whether one of that name is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>.</exception>
    Task<EnvironmentRecord> PutEnvironmentAsync(EnvironmentDefinition environment, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Removes an environment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.EnvironmentNotFound"/>; <see cref="EngineError.InUse"/> while a run in it has not ended, or a value's scope, a runbook or a step names it:
    /// it names the first of these, and tells how many there are.
    /// </exception>
    Task RemoveEnvironmentAsync(string name, CancellationToken cancellationToken);

    /// <summary>All pools. A new store has <see cref="WorkerPoolDefinition.DefaultName"/>, which is the default.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<WorkerPoolRecord>> GetPoolsAsync(CancellationToken cancellationToken);

    /// <summary>Adds a pool, or changes the one of that name. A new default takes the place of the old one.</summary>
    /// <param name="pool">What it is to be.</param>
    /// <param name="mustBeNew">Whether one of that name is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>.</exception>
    Task<WorkerPoolRecord> PutPoolAsync(WorkerPoolDefinition pool, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Removes a pool; workers that are in no other pool must be moved or removed first.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.WorkerPoolNotFound"/>; <see cref="EngineError.InUse"/> for the default pool, for one with leases, and for one that is
    /// the only pool of a worker.
    /// </exception>
    Task RemovePoolAsync(string name, CancellationToken cancellationToken);

    /// <summary>All workers, with health and the number of their leases. The built-in worker is not among them.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<WorkerRecord>> GetWorkersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a worker, or changes the one of that name. It keeps its position in the pools that it stays in and comes last in those it enters. A changed
    /// connection or machine policy forgets its health.
    /// </summary>
    /// <param name="worker">What it is to be.</param>
    /// <param name="mustBeNew">Whether one of that name is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.AlreadyExists"/>; <see cref="EngineError.WorkerPoolNotFound"/>; <see cref="EngineError.MachinePolicyNotFound"/>.
    /// </exception>
    Task<WorkerRecord> PutWorkerAsync(WorkerDefinition worker, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Enables, drains or disables a worker.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="state">What it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerNotFound"/>.</exception>
    Task<WorkerRecord> SetWorkerStateAsync(string name, WorkerState state, CancellationToken cancellationToken);

    /// <summary>Keeps what a health check found. A worker that is gone by now: nothing happens.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="health">What was found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetWorkerHealthAsync(WorkerId worker, WorkerHealth health, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what a health check found, unless the machine's connection or machine policy was changed since the check began: it says nothing of the machine as it is now.
    /// </summary>
    /// <param name="worker">The worker, or deployment target as a machine, as it was when the check began.</param>
    /// <param name="health">What was found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetWorkerHealthAsync(WorkerRecord worker, WorkerHealth health, CancellationToken cancellationToken);

    /// <summary>Removes a worker and what was to be cleaned on it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerNotFound"/>; <see cref="EngineError.InUse"/> while it has leases: it names the runs.</exception>
    Task RemoveWorkerAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a worker, as <see cref="RemoveWorkerAsync"/> does, when its last check has found it unavailable, it has been so since a moment, and no run has a lease on it.
    /// </summary>
    /// <param name="worker">The worker.</param>
    /// <param name="since">The moment; unavailable since then or longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was removed.</returns>
    Task<bool> RemoveUnavailableWorkerAsync(WorkerId worker, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>All deployment targets, with health and the number of their leases.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<DeploymentTargetRecord>> GetTargetsAsync(CancellationToken cancellationToken);

    /// <summary>Adds a deployment target, or changes the one of that name. A changed connection or machine policy forgets its health.</summary>
    /// <param name="target">What it is to be.</param>
    /// <param name="mustBeNew">Whether one of that name is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.AlreadyExists"/>, also when a worker has that name; <see cref="EngineError.EnvironmentNotFound"/>; <see cref="EngineError.MachinePolicyNotFound"/>.
    /// </exception>
    Task<DeploymentTargetRecord> PutTargetAsync(DeploymentTargetDefinition target, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Enables or disables a deployment target.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="disabled">Whether it is to be disabled.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TargetNotFound"/>.</exception>
    Task<DeploymentTargetRecord> SetTargetDisabledAsync(string name, bool disabled, CancellationToken cancellationToken);

    /// <summary>Removes a deployment target and what was to be cleaned on it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TargetNotFound"/>; <see cref="EngineError.InUse"/> while runs hold it: it names them.</exception>
    Task RemoveTargetAsync(string name, CancellationToken cancellationToken);

    /// <summary>All machine policies, by name. A store always has <see cref="MachinePolicyDefinition.DefaultName"/>.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MachinePolicyRecord>> GetMachinePoliciesAsync(CancellationToken cancellationToken);

    /// <summary>Adds a machine policy, or replaces the one of its name, which keeps its id: then the health of the workers that have it is unknown.</summary>
    /// <param name="policy">What it is to be.</param>
    /// <param name="mustBeNew">Whether one of its name is an error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>.</exception>
    Task<MachinePolicyRecord> PutMachinePolicyAsync(MachinePolicyDefinition policy, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Removes a machine policy.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.MachinePolicyNotFound"/>; <see cref="EngineError.InUse"/> for the default one, and while a worker has it.
    /// </exception>
    Task RemoveMachinePolicyAsync(string name, CancellationToken cancellationToken);

    /// <summary>All active leases, oldest first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<WorkerLease>> GetLeasesAsync(CancellationToken cancellationToken);
}
