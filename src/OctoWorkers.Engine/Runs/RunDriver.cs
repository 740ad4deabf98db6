using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>Takes one run from the queue to its end: workers are checked, a slot is taken, workers are chosen, and its loop runs.</summary>
internal sealed class RunDriver(RunServices services, TaskSlots slots, IRunHost host)
{
    /// <summary>Drives the run.</summary>
    /// <param name="driven">The run.</param>
    /// <param name="handOver">Leaves it as it is, for somebody else.</param>
    public async Task<RunLoopEnd> DriveAsync(DrivenRun driven, CancellationToken handOver)
    {
        RunRecord run = driven.Run;
        bool wasDriven = run.Status != RunStatus.Queued;
        try
        {
            EngineSettings settings = await services.GetSettingsAsync(handOver).ConfigureAwait(false);
            if (await OpenSecretsAsync(run, wasDriven).ConfigureAwait(false) is not { } secrets
                || await PrepareAsync(driven, secrets, settings, wasDriven, handOver).ConfigureAwait(false) is not { } history)
            {
                return RunLoopEnd.Ended;
            }

            secrets.AddAll(history.Events);
            bool holdsSlot = !wasDriven
                || await services.Store.TryTakeSlotAsync(run.Id, run.FencingToken, services.Machine, cap: 0, run.Created, handOver).ConfigureAwait(false);
            RunLoop loop = new(run, history, secrets, holdsSlot, services, host, settings);
            RunLoopEnd end;
            await using (loop.ConfigureAwait(false))
            {
                driven.Attach(loop);
                end = await loop.RunAsync(handOver).ConfigureAwait(false);
            }

            if (end == RunLoopEnd.FencedOut)
            {
                await RunSweep.SweepLateAsync(services, run, loop.Reached).ConfigureAwait(false);
            }

            return end;
        }
        catch (OperationCanceledException) when (handOver.IsCancellationRequested)
        {
            return RunLoopEnd.HandedOver;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.FencedOut)
        {
            return RunLoopEnd.FencedOut;
        }
    }

    // Null when the run has ended because its secrets cannot be read. One that is under way is left as it is until they can.
    private async Task<RunSecrets?> OpenSecretsAsync(RunRecord run, bool wasDriven)
    {
        try
        {
            return RunSecrets.Of(run.Request, services.Secrets);
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.SecretUnreadable && !wasDriven)
        {
            DateTimeOffset now = services.Time.GetUtcNow();
            await CommitAsync(run, [new RunStarted { At = now }, new RunEnded(RunStatus.Failed, e.Message) { At = now, Cause = e.Error }]).ConfigureAwait(false);
            return null;
        }
    }

    // Null when the run has ended before it began.
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<RunHistory?> PrepareAsync(DrivenRun driven, RunSecrets secrets, EngineSettings settings, bool wasDriven, CancellationToken handOver)
    {
        RunRecord run = driven.Run;
        if (wasDriven)
        {
            // What runs on workers goes on whether there is a slot or not; the loop takes one before it starts something new. Waiting for one here
            // would be for ever where the run's own children hold them all.
            driven.Lined.TrySetResult();
            return await RunHistory.LoadAsync(services.Store, run.Id, handOver).ConfigureAwait(false);
        }

        if (run.FencingToken > 1)
        {
            // The process before may have died with a slot in hand, out of turn.
            await services.Store.ReleaseSlotAsync(run.Id, run.FencingToken, handOver).ConfigureAwait(false);
        }

        using CancellationTokenSource expiry = QueueExpiry.Begin(run, services.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(handOver, driven.CanceledInQueue, expiry.Token);
        try
        {
            while (true)
            {
                using IDisposable turn = await TakeTurnAsync(driven, settings, either.Token).ConfigureAwait(false);
                try
                {
                    return await PlanAsync(run, secrets).ConfigureAwait(false);
                }
                catch (OctoWorkersException e) when (e.Error == EngineError.InUse)
                {
                    // This process was taken for dead for a moment, and another run of the tag has begun: it stands in line again.
                    await slots.ReleaseAsync(run).ConfigureAwait(false);
                }
            }
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.WaitCycle)
        {
            await FailAsync(run, e, secrets.Mask(e.Message)).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!handOver.IsCancellationRequested && !driven.CanceledInQueue.IsCancellationRequested)
        {
            await CommitAsync(run, [new RunEnded(RunStatus.TimedOut, QueueExpiry.Message(run)) { At = services.Time.GetUtcNow() }]).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!handOver.IsCancellationRequested)
        {
            CancelRequest cancel = driven.FirstCancel!;
            await CommitAsync(
                run,
                [
                    new CancelRequested(cancel.By, secrets.Mask(cancel.Reason)) { At = services.Time.GetUtcNow() },
                    new RunEnded(RunStatus.Canceled, secrets.Mask(RunNotes.Canceled(cancel.By, cancel.Reason))) { At = services.Time.GetUtcNow() },
                ]).ConfigureAwait(false);
            return null;
        }
    }

    // Runs stand in line in the order in which they came, so that draws follow it; one whose workers must be checked first lets the others pass.
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<IDisposable> TakeTurnAsync(DrivenRun driven, EngineSettings settings, CancellationToken cancellationToken)
    {
        RunRecord run = driven.Run;
        (IReadOnlyList<WorkerRecord> due, IReadOnlyList<WorkerRecord> expected) =
            await services.Health.FindDueAsync(run.Request, settings, cancellationToken).ConfigureAwait(false);
        foreach (WorkerRecord worker in expected)
        {
            services.Links.Expect(worker);
        }

        if (due.Count > 0)
        {
            driven.Lined.TrySetResult();
            await services.Health.CheckAsync(due, run.Request.Snapshot, cancellationToken).ConfigureAwait(false);
            return await slots.TakeAsync(run, settings.TaskCap, cancellationToken).ConfigureAwait(false);
        }

        await driven.PreviousLined.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task<IDisposable> turn = slots.TakeAsync(run, settings.TaskCap, cancellationToken);
        driven.Lined.TrySetResult();
        return await turn.ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<RunHistory?> PlanAsync(RunRecord run, RunSecrets secrets)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        IReadOnlyList<WorkerRecord> workers = [];
        try
        {
            // Read before the transaction that plans, which is not to wait for files.
            PackageChooser chooser = new(services.Packages, await services.Packages.GetFeedsAsync(CancellationToken.None).ConfigureAwait(false), keeps: true);
            PackageChoices packages = await PackageChoices.MakeAsync(chooser, run.Request.Snapshot, run.Request.PackageVersions, CancellationToken.None).ConfigureAwait(false);
            IReadOnlyList<RunEvent> plan = await services.Store.PlanAsync(
                run.Id,
                run.FencingToken,
                facts =>
                {
                    workers = [.. facts.Machines];
                    return Plan(run, facts with { BuiltInWorker = services.Health.BuiltIn }, packages, now);
                },
                CancellationToken.None).ConfigureAwait(false);
            return RunHistory.OfPlan(plan, workers);
        }
        catch (OctoWorkersException e) when (RunPlanner.Refuses(e.Error) || PackageChoices.IsAboutPackages(e.Error))
        {
            await FailAsync(run, e, secrets.Mask(e.Message)).ConfigureAwait(false);
            return null;
        }
    }

    private static RunEvent[] Plan(RunRecord run, PlanningFacts facts, PackageChoices packages, DateTimeOffset now)
    {
        RunRequest request = run.Request;
        RunPlan plan = RunPlanner.Plan(request.Snapshot, request.Environment.Name, request.SkippedSteps, facts, PlanningScope.Of(request));
        return [new RunPlanned(packages.AddTo(plan)) { At = now }, new RunStarted { At = now }];
    }

    private Task FailAsync(RunRecord run, OctoWorkersException why, string message)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        return CommitAsync(run, [new RunStarted { At = now }, new RunEnded(RunStatus.Failed, message) { At = now, Cause = why.Error }]);
    }

    private async Task CommitAsync(RunRecord run, IReadOnlyList<RunEvent> events)
    {
        JournalCommit commit = new(run.Id, run.FencingToken) { Events = events, At = services.Time.GetUtcNow() };
        await services.Store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
    }
}
