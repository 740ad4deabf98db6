using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>Environments, pools, workers and machine policies.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<EnvironmentRecord>> GetEnvironmentsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(EnvironmentTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<EnvironmentRecord> PutEnvironmentAsync(EnvironmentDefinition environment, bool mustBeNew, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(
                session, DefinitionKind.Environment, environment.Name, null, () => EnvironmentTable.Put(session, environment, mustBeNew)),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveEnvironmentAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.Environment, name, EnvironmentTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerPoolRecord>> GetPoolsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(PoolTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<WorkerPoolRecord> PutPoolAsync(WorkerPoolDefinition pool, bool mustBeNew, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.Pool, pool.Name, null, () => PoolTable.Put(session, pool, mustBeNew)), cancellationToken);

    /// <inheritdoc/>
    public Task RemovePoolAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.Pool, name, PoolTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerRecord>> GetWorkersAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(WorkerTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<WorkerRecord> PutWorkerAsync(WorkerDefinition worker, bool mustBeNew, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.Worker, worker.Name, null, () => WorkerTable.Put(session, worker, mustBeNew)), cancellationToken);

    /// <inheritdoc/>
    public Task<WorkerRecord> SetWorkerStateAsync(string name, WorkerState state, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                WorkerRecord changed = WorkerTable.SetState(session, name, state);
                audit.Note(session, AuditAction.WorkerStateChanged, $"worker '{changed.Name}'", null, $"to {state.ToString().ToLowerInvariant()}");
                return changed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SetWorkerHealthAsync(WorkerId worker, WorkerHealth health, CancellationToken cancellationToken)
        => Note(session => WorkerTable.SetHealth(session, worker, health), cancellationToken);

    /// <inheritdoc/>
    public Task SetWorkerHealthAsync(WorkerRecord worker, WorkerHealth health, CancellationToken cancellationToken)
        => Note(session => WorkerTable.SetCheckedHealth(session, worker, health), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveWorkerAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.Worker, name, WorkerTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveUnavailableWorkerAsync(WorkerId worker, DateTimeOffset since, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                string? name = session.Text("SELECT name FROM workers WHERE id = ?1", worker.Number);
                string kind = session.Scalar("SELECT count(*) FROM workers WHERE id = ?1 AND environments IS NOT NULL", worker.Number) > 0 ? "deployment target" : "worker";
                bool isGone = WorkerTable.RemoveUnavailable(session, worker, since);
                if (isGone)
                {
                    audit.Note(session, AuditAction.DefinitionRemoved, $"{kind} '{name}'", null, "it stayed unavailable for as long as its machine policy allows");
                }

                return isGone;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MachinePolicyRecord>> GetMachinePoliciesAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(MachinePolicyTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<MachinePolicyRecord> PutMachinePolicyAsync(MachinePolicyDefinition policy, bool mustBeNew, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.MachinePolicy, policy.Name, null, () => MachinePolicyTable.Put(session, policy, mustBeNew)),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveMachinePolicyAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.MachinePolicy, name, MachinePolicyTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerLease>> GetLeasesAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(LeaseTable.All, cancellationToken);
}
