using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Commands;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Upkeep;
using OctoWorkers.Engine.Variables;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine;

/// <summary>
/// The engine: what the module and the command call. It reads and changes definitions through <see cref="Store"/>, plans, and drives runs in this process.
/// Nothing runs in the background before <see cref="StartDriving"/>.
/// </summary>
public sealed partial class OctoWorkersEngine : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly IDriverLauncher launcher;
    private readonly RunServices services;
    private readonly RunDispatcher dispatcher;
    private readonly RunReader reader;
    private readonly WorkerSelection selection;
    private readonly CommandWorkers commandWorkers;
    private readonly BackgroundDriver driver;
    private IDisposable? registration;
    private Task preparation = Task.CompletedTask;

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
        PackageLibrary packages = new(store, Path.Combine(store.Location, FeedFolder.BuiltIn));
        services = new(store, links, new(store, links, secrets, time), EngineId.New(), Environment.MachineName, artifacts, packages, secrets, time);
        dispatcher = new(services);
        driver = new(services, dispatcher, launcher);
        selection = new(store, services.Health);
        commandWorkers = new(store, services.Health, selection);
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
    public async Task<IReadOnlyList<PlannedRun>> PreviewAsync(NewRun run, DefinitionSet files, bool recurses, CancellationToken cancellationToken)
    {
        EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
        return await PlanPreview.PlanAsync(
            Store, services.Packages, files, run, recurses,
            stored => MachinePolicies.AsOf(stored.Workers, stored.Policies, settings, time.GetUtcNow()),
            request => OutlookAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows the worker that a pool would give now, and why; checks no worker, changes nothing.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>, <see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.RunbookNotFound"/>.</exception>
    public async Task<WorkerDraw> PreviewWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await selection.PreviewAsync(request, await GetWorkersAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
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

    /// <summary>Creates a run. One that is not detached is driven by this process, which must have called <see cref="StartDriving"/>.</summary>
    /// <param name="run">What is asked for.</param>
    /// <param name="cancellationToken">Gives up; the run may have been created.</param>
    /// <exception cref="OctoWorkersException">
    /// What is asked for does not exist or does not go together; <see cref="EngineError.VariableConflict"/> when two values tie. No run is created then.
    /// </exception>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<RunRecord> StartRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunRequest request = await RunRequests.MakeAsync(Store, services.Secrets, run, services.Text, cancellationToken).ConfigureAwait(false);
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
    public Task<RunRecord> RerunFromFailedAsync(RunId run, bool detached, CancellationToken cancellationToken)
        => RerunFromFailedAsync(new NewRerun(run) { Detached = detached }, cancellationToken);

    /// <summary>Runs a failed or canceled run again from the first step that did not succeed, on the same snapshot.</summary>
    /// <param name="rerun">What is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidRunState"/> unless the run failed or was canceled; <see cref="EngineError.TenantNotFound"/> when its tenant is gone;
    /// <see cref="EngineError.NoEligibleTarget"/> when nothing is left to do of what did not succeed.
    /// </exception>
    public async Task<RunRecord> RerunFromFailedAsync(NewRerun rerun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rerun);
        RunDetails details = await reader.GetDetailsAsync(rerun.Run, cancellationToken).ConfigureAwait(false);
        RunRequest request = SkippedSteps.ForRerun(details);
        request = request with
        {
            Tenant = request.Tenant is null ? null
                : RunSnapshot.Tenant(await Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false), request.Tenant.Name),
            CreatedBy = Environment.UserName,
            Priority = rerun.Priority ?? request.Priority,
            QueueExpiry = QueueExpiry.Require(rerun.QueueExpiry) ?? request.QueueExpiry,
            GuidedFailure = rerun.GuidedFailure == GuidedFailureMode.Default ? request.GuidedFailure : rerun.GuidedFailure == GuidedFailureMode.On,
        };
        List<string> leftOut = UnfinishedWork.LeftOut(request, await Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false));
        RunRecord created = await StartAsync(request, rerun.Detached, cancellationToken).ConfigureAwait(false);
        leftOut.ForEach(rerun.Warn);
        return created;
    }

    /// <summary>Begins to drive the runs of this process.</summary>
    public void StartDriving()
    {
        lock (gate)
        {
            if (registration is null)
            {
                registration = Store.Register(services.Engine);
                preparation = Task.Run(Transports.Runner.ChannelOpener.Prepare);
            }
        }

        dispatcher.Start();
    }

    /// <summary>
    /// Stops driving without ending any work: the runs of this process are given up, in the state in which they are, and the background driver goes on with them.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The runs handed over.</returns>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
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
    public Task DriveUntilIdleAsync(CancellationToken cancellationToken) => DriveUntilIdleAsync(static _ => { }, cancellationToken);

    /// <summary>Is the background driver, until nothing has been left to do for a while. Returns at once when there is one already.</summary>
    /// <param name="report">Hears, in a line each, what the driver removed by itself and what of its upkeep failed; from any thread.</param>
    /// <param name="cancellationToken">Hands over and leaves.</param>
    public Task DriveUntilIdleAsync(Action<string> report, CancellationToken cancellationToken)
        => driver.DriveUntilIdleAsync(StartDriving, report, cancellationToken);

    /// <summary>Starts the background driver when there are runs that no living process drives. Every command calls this once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task EnsureDrivenAsync(CancellationToken cancellationToken) => driver.EnsureLaunchedAsync(cancellationToken);

    /// <summary>Asks for a run to be canceled; returns when that is stored. A second time also ends steps that always run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task CancelRunAsync(RunId run, string reason, CancellationToken cancellationToken)
        => Store.RequestCancelAsync(run, Environment.UserName, reason, time.GetUtcNow(), cancellationToken);

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

            // What it failed at, the first channel fails at too, and says so.
            await preparation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            registration?.Dispose();
        }
    }

    /// <summary>Does once, now, what the background driver sees to beside runs.</summary>
    internal Task UpkeepAsync(Action<string> report, CancellationToken cancellationToken) => new DriverUpkeep(services, report).TurnAsync(cancellationToken);

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
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
}
