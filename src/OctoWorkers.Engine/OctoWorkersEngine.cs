using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine;

/// <summary>
/// The engine: what the module and the command call. It reads and changes definitions through <see cref="Store"/>, plans, and drives runs in this process.
/// Nothing runs in the background before <see cref="StartDriving"/>.
/// </summary>
public sealed class OctoWorkersEngine : IAsyncDisposable
{
    /// <summary>Puts an engine together.</summary>
    /// <param name="store">The store; the engine does not dispose of it.</param>
    /// <param name="transports">The ways to reach workers; the first that supports a connection is taken.</param>
    /// <param name="launcher">Starts the background driver.</param>
    /// <param name="time">The clock.</param>
    public OctoWorkersEngine(IStore store, IReadOnlyList<IWorkerTransport> transports, IDriverLauncher launcher, TimeProvider time)
        => Store = store;

    /// <summary>The store: definitions, queries.</summary>
    public IStore Store { get; }

    /// <summary>Shows the plan that a run would have now; checks no worker, changes nothing.</summary>
    /// <param name="runbook">Name of the runbook.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunPlan> PreviewAsync(string runbook, string environment, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Creates a run. One that is not detached is driven by this process, which must have called <see cref="StartDriving"/>.</summary>
    /// <param name="run">What is asked for.</param>
    /// <param name="cancellationToken">Gives up; the run may have been created.</param>
    public Task<RunRecord> StartRunAsync(NewRun run, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Runs a failed or canceled run again from the first step that did not succeed, on the same snapshot.</summary>
    /// <param name="run">The run to repeat.</param>
    /// <param name="detached">Whether the driver is to run it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunRecord> RerunFromFailedAsync(RunId run, bool detached, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Begins to drive the runs of this process.</summary>
    public void StartDriving() => throw new NotImplementedException();

    /// <summary>
    /// Stops driving without ending any work: the runs of this process are given up, in the state in which they are, and the background driver goes on with them.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The runs handed over.</returns>
    public Task<IReadOnlyList<RunId>> HandOverAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Is the background driver, until nothing has been left to do for a while. Returns at once when there is one already.</summary>
    /// <param name="cancellationToken">Hands over and leaves.</param>
    public Task DriveUntilIdleAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Starts the background driver when there are runs that no living process drives. Every command calls this once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task EnsureDrivenAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Waits until a run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    public Task<RunRecord> WaitForRunAsync(RunId run, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>A run with its steps and plan.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunDetails> GetRunDetailsAsync(RunId run, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Reads a run's log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Only lines with a higher cursor; 0: from the beginning.</param>
    /// <param name="step">Only this step; null: all.</param>
    /// <param name="follow">Whether to go on until the run has ended.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<LogLine> ReadLogAsync(RunId run, long after, int? step, bool follow, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Asks for a run to be canceled; returns when that is stored. A second time also ends steps that always run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task CancelRunAsync(RunId run, string reason, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Checks a worker now and stores what was found. A worker that cannot be reached is a finding, not an exception.</summary>
    /// <param name="worker">The worker; <see cref="WorkerRecord.BuiltIn"/> too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WorkerCheck> CheckWorkerAsync(WorkerRecord worker, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes a worker; with <paramref name="force"/> the runs that have a lease on it are canceled first, and waited for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="force">Whether leases do not matter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RemoveWorkerAsync(string name, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
