using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Variables;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine;

/// <summary>
/// The engine: what the module and the command call. It reads and changes definitions through <see cref="Store"/>, plans, and drives runs in this process.
/// Nothing runs in the background before <see cref="StartDriving"/>.
/// </summary>
public sealed partial class OctoWorkersEngine : IAsyncDisposable
{
    private static readonly TimeSpan DriverPoll = TimeSpan.FromSeconds(1);

    /// <summary>A driver that was launched needs so long to take its place; until then another is not launched.</summary>
    private static readonly TimeSpan DriverStart = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly IDriverLauncher launcher;
    private readonly RunServices services;
    private readonly RunDispatcher dispatcher;
    private readonly RunReader reader;
    private readonly WorkerSelection selection;
    private IDisposable? registration;
    private long? launchedAt;

    /// <summary>Puts an engine together.</summary>
    /// <param name="store">The store; the engine does not dispose of it.</param>
    /// <param name="transports">The ways to reach workers; the first that supports a connection is taken.</param>
    /// <param name="secrets">Encrypts and decrypts secrets.</param>
    /// <param name="artifacts">The bytes of artifacts.</param>
    /// <param name="launcher">Starts the background driver.</param>
    /// <param name="time">The clock.</param>
    public OctoWorkersEngine(
        IStore store, IReadOnlyList<IWorkerTransport> transports, ISecretProtector secrets, IArtifactStore artifacts, IDriverLauncher launcher,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        Store = store;
        this.launcher = launcher;
        this.time = time;
        WorkerLinks links = new(store, transports, time);
        services = new(store, links, new(store, links, time), EngineId.New(), Environment.MachineName, artifacts, new(store, Path.Combine(store.Location, "packages")), secrets, time);
        dispatcher = new(services);
        selection = new(store, services.Health);
        reader = new(store, time);
    }

    /// <summary>The store: definitions, queries.</summary>
    public IStore Store { get; }

    /// <summary>Shows the plans that a run, and the runs that its steps would start, would have now; checks no worker, changes nothing.</summary>
    /// <param name="run">What would be asked for; values that the runbook prompts for may be missing.</param>
    /// <param name="files">Definitions that are taken for stored.</param>
    /// <param name="recurses">Whether child runs are planned as well.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run asked for, then its child runs.</returns>
    public Task<IReadOnlyList<PlannedRun>> PreviewAsync(NewRun run, DefinitionSet files, bool recurses, CancellationToken cancellationToken)
        => PlanPreview.PlanAsync(Store, services.Packages, files, run, recurses, cancellationToken);

    /// <summary>Shows the worker that a pool would give now, and why; checks no worker, changes nothing.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>, <see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.RunbookNotFound"/>.</exception>
    public Task<WorkerDraw> PreviewWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return selection.PreviewAsync(request, cancellationToken);
    }

    /// <summary>Draws a worker as the plan of a run does: the pool's cursor moves. No lease is held: what is done with the worker is the caller's own.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>, <see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.RunbookNotFound"/>.</exception>
    public async Task<WorkerDraw> DrawWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await selection.DrawAsync(request, await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows what a step of a run would see now, which value of each variable won, and why. Secrets are not opened; nothing changes.</summary>
    /// <param name="run">What would be asked for; values that the runbook prompts for may be missing.</param>
    /// <param name="step">The step's name; null: no step in particular.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each variable, by name; of those whose values tie the tie.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StepNotFound"/>.</exception>
    public async Task<IReadOnlyList<VariablePreview>> PreviewVariablesAsync(NewRun run, string? step, CancellationToken cancellationToken)
    {
        RunRequest request = await RunRequests.MakeAsync(Store, services.Secrets, run, isPreview: true, cancellationToken).ConfigureAwait(false);
        return VariablePreviews.Of(request, step, services.Text);
    }

    /// <summary>Creates a run. One that is not detached is driven by this process, which must have called <see cref="StartDriving"/>.</summary>
    /// <param name="run">What is asked for.</param>
    /// <param name="cancellationToken">Gives up; the run may have been created.</param>
    /// <exception cref="OctoWorkersException">
    /// What is asked for does not exist or does not go together; <see cref="EngineError.VariableConflict"/> when two values tie. No run is created then.
    /// </exception>
    public async Task<RunRecord> StartRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunRequest request = await RunRequests.MakeAsync(Store, services.Secrets, run, cancellationToken).ConfigureAwait(false);
        request = request with
        {
            CreatedBy = Environment.UserName,
            Token = run.Token,
            SkippedSteps = SkippedSteps.Of(request.Snapshot, run.SkippedSteps),
        };
        return await StartAsync(request, run.Detached, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a failed or canceled run again from the first step that did not succeed, on the same snapshot.</summary>
    /// <param name="run">The run to repeat.</param>
    /// <param name="detached">Whether the driver is to run it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunRecord> RerunFromFailedAsync(RunId run, bool detached, CancellationToken cancellationToken)
    {
        RunDetails details = await reader.GetDetailsAsync(run, cancellationToken).ConfigureAwait(false);
        RunRequest request = SkippedSteps.ForRerun(details) with { CreatedBy = Environment.UserName };
        return await StartAsync(request, detached, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins to drive the runs of this process.</summary>
    public void StartDriving()
    {
        lock (gate)
        {
            registration ??= Store.Register(services.Engine);
        }

        dispatcher.Start();
    }

    /// <summary>
    /// Stops driving without ending any work: the runs of this process are given up, in the state in which they are, and the background driver goes on with them.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The runs handed over.</returns>
    public async Task<IReadOnlyList<RunId>> HandOverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunId> left = await dispatcher.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (left.Count > 0)
        {
            launcher.Launch();
        }

        return left;
    }

    /// <summary>Is the background driver, until nothing has been left to do for a while. Returns at once when there is one already.</summary>
    /// <param name="cancellationToken">Hands over and leaves.</param>
    public async Task DriveUntilIdleAsync(CancellationToken cancellationToken)
    {
        using (IDisposable? place = Store.TryBecomeDriver())
        {
            if (place is null)
            {
                return;
            }

            await DriveAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            // Who made a run while this process was about to leave saw a driver and started none.
            await EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts the background driver when there are runs that no living process drives. Every command calls this once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EnsureDrivenAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> unfinished = await Store.GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false);
        if (unfinished.Any(run => RunAdoption.IsOrphan(Store, run)) && !Store.HasDriver() && !IsLaunching())
        {
            launchedAt = time.GetTimestamp();
            launcher.Launch();
        }
    }

    /// <summary>Waits until a run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    public Task<RunRecord> WaitForRunAsync(RunId run, CancellationToken cancellationToken) => dispatcher.WaitForEndAsync(run, cancellationToken);

    /// <summary>A run with its steps and plan.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunDetails> GetRunDetailsAsync(RunId run, CancellationToken cancellationToken) => reader.GetDetailsAsync(run, cancellationToken);

    /// <summary>Reads a run's log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Only lines with a higher cursor; 0: from the beginning.</param>
    /// <param name="step">Only this step; null: all.</param>
    /// <param name="follow">Whether to go on until the run has ended.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<LogLine> ReadLogAsync(RunId run, long after, int? step, bool follow, CancellationToken cancellationToken)
        => reader.ReadLogAsync(run, after, step, follow, cancellationToken);

    /// <summary>Asks for a run to be canceled; returns when that is stored. A second time also ends steps that always run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task CancelRunAsync(RunId run, string reason, CancellationToken cancellationToken)
        => Store.RequestCancelAsync(run, Environment.UserName, reason, time.GetUtcNow(), cancellationToken);

    /// <summary>Checks a worker now and stores what was found. A worker that cannot be reached is a finding, not an exception.</summary>
    /// <param name="worker">The worker; <see cref="WorkerRecord.BuiltIn"/> too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WorkerCheck> CheckWorkerAsync(WorkerRecord worker, CancellationToken cancellationToken)
        => services.Health.CheckAsync(worker, probe: true, cancellationToken);

    /// <summary>Removes a worker; with <paramref name="force"/> the runs that have a lease on it are canceled first, and waited for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="force">Whether leases do not matter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RemoveWorkerAsync(string name, bool force, CancellationToken cancellationToken)
    {
        if (force)
        {
            WorkerRecord worker = await Store.SetWorkerStateAsync(name, WorkerState.Disabled, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<WorkerLease> leases = await Store.GetLeasesAsync(cancellationToken).ConfigureAwait(false);
            RunId[] runs = [.. leases.Where(lease => lease.Worker == worker.Id).Select(lease => lease.Run).Distinct()];
            foreach (RunId run in runs)
            {
                await CancelRunAsync(run, $"worker '{name}' was removed", cancellationToken).ConfigureAwait(false);
            }

            await EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            foreach (RunId run in runs)
            {
                await WaitForRunAsync(run, cancellationToken).ConfigureAwait(false);
            }
        }

        await Store.RemoveWorkerAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up the runs of this process, as <see cref="HandOverAsync"/> does, and closes the connections to workers.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await HandOverAsync(CancellationToken.None).ConfigureAwait(false);
            await dispatcher.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await services.Links.DisposeAsync().ConfigureAwait(false);
            registration?.Dispose();
        }
    }

    private bool IsLaunching() => launchedAt is { } at && time.GetElapsedTime(at) < DriverStart;

    private async Task<RunRecord> StartAsync(RunRequest request, bool detached, CancellationToken cancellationToken)
    {
        RequestTies.Check(request);
        if (detached)
        {
            RunRecord queued = await Store.CreateRunAsync(request, null, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            await EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            return queued;
        }

        StartDriving();
        RunRecord run = await Store.CreateRunAsync(request, services.Engine, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (run.Owner == services.Engine && !run.HasEnded)
        {
            dispatcher.Adopt(run);
        }

        return run;
    }

    private async Task DriveAsync(CancellationToken cancellationToken)
    {
        StartDriving();
        long idleSince = time.GetTimestamp();
        long seen = 0;
        try
        {
            while (true)
            {
                await RunAdoption.AdoptAllAsync(services, dispatcher, cancellationToken).ConfigureAwait(false);
                EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
                if (dispatcher.Count > 0)
                {
                    idleSince = time.GetTimestamp();
                }
                else if (time.GetElapsedTime(idleSince) >= settings.DriverIdle)
                {
                    return;
                }

                seen = await Store.WaitForChangeAsync(seen, DriverPoll, cancellationToken).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await dispatcher.StopAsync().ConfigureAwait(false);
        }
    }
}
