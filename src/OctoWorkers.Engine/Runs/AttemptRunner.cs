using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Carries out one attempt of a script step: starts it once, follows it over as many connections as it takes, and ends it when told to.
/// It says how the attempt ended and decides nothing else.
/// </summary>
internal sealed class AttemptRunner
{
    private readonly WorkerLink link;
    private readonly AttemptOrder order;
    private readonly StepScript script;
    private readonly EngineSettings settings;
    private readonly TimeProvider time;
    private readonly AttemptLog log;
    private readonly AttemptArtifacts artifacts;
    private readonly AttemptEnding ending;
    private readonly string run;
    private bool mustEnter;
    private bool mayHaveStarted;
    private bool isStarted;
    private long? lostSince;

    /// <param name="services">The store, the ways to the workers, the clock.</param>
    /// <param name="link">The way to the attempt's worker.</param>
    /// <param name="order">The attempt.</param>
    /// <param name="script">Makes the script when the attempt starts.</param>
    /// <param name="settings">Time-outs.</param>
    /// <param name="stored">Hears of events of the attempt that are in the journal, before its end is.</param>
    public AttemptRunner(RunServices services, WorkerLink link, AttemptOrder order, StepScript script, EngineSettings settings, Action<IReadOnlyList<RunEvent>> stored)
    {
        this.link = link;
        this.order = order;
        this.script = script;
        this.settings = settings;
        time = services.Time;
        log = new(services.Store, order, time, stored);
        artifacts = new(new(services.Artifacts, services.Secrets, time), order, log);
        ending = new(log, order, link.Address.Name);
        run = order.Run.ToString();
        mustEnter = mayHaveStarted = order.Resume is not null;
    }

    /// <summary>Runs the attempt to its end.</summary>
    /// <param name="stop">Ends it.</param>
    /// <param name="detach">Leaves it running and throws.</param>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<AttemptResult> RunAsync(StopSignal stop, CancellationToken detach)
    {
        TimeSpan left = order.TimeLeft(time.GetUtcNow());
        if (left == TimeSpan.Zero)
        {
            // Before its end is heard of: the process before may have ended it for that.
            stop.Set(StopReason.StepTimedOut);
        }

        using CancellationTokenSource due = new(left, time);
        using CancellationTokenRegistration end = due.Token.Register(() => stop.Set(StopReason.StepTimedOut));
        try
        {
            return await KeepContactAsync(stop, detach).ConfigureAwait(false);
        }
        finally
        {
            await log.SettleAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult> KeepContactAsync(StopSignal stop, CancellationToken detach)
    {
        for (int failures = 0; ; failures++)
        {
            OctoWorkersException lost;
            IWorkerChannel? channel = null;
            bool isSilent = false;
            try
            {
                channel = await OpenAsync(stop, detach).ConfigureAwait(false);
                return await OverAsync(channel, stop, detach).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.OutcomeUnknown)
            {
                return await ending.EndAsync(AttemptOutcome.Unknown, null, e.Message, null).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (WorkerAnswer.IsMissing(e.Error))
            {
                // Also a worker that answers and is not usable for now: what it knows of the attempt is still there.
                lost = e;
                lostSince ??= time.GetTimestamp();
                mustEnter = true;
                isSilent = e.Error == EngineError.WorkerUnavailable && channel is { Broken.IsCancellationRequested: false };
            }

            if (isSilent && stop.Reason is not null)
            {
                // A connection that is there and over which no answer comes: who is to be ended is not waited for a second time over it, by nobody.
                await channel!.DisposeAsync().ConfigureAwait(false);
            }

            if (await GiveUpAsync(stop, lost, isSilent).ConfigureAwait(false) is { } result)
            {
                return result;
            }

            TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(5000, 100 * Math.Pow(2, Math.Min(failures, 6))));
            await Task.Delay(pause, time, detach).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<IWorkerChannel> OpenAsync(StopSignal stop, CancellationToken detach)
    {
        return stop.Reason is null
            ? await link.OpenAsync(detach).ConfigureAwait(false)
            : await WorkerAnswer.WithinAsync(link.Address.Name, ContactPatience.WhileStopping, time, link.OpenAsync, detach).ConfigureAwait(false);
    }

    // Null: try again.
    private async Task<AttemptResult?> GiveUpAsync(StopSignal stop, OctoWorkersException lost, bool isSilent)
    {
        TimeSpan silent = time.GetElapsedTime(lostSince!.Value);
        if (silent < ContactPatience.Of(settings, stop) && !(isSilent && stop.Reason is not null))
        {
            return null;
        }

        if (stop.Reason is { } reason)
        {
            return await ending.StoppedAsync(reason, null, mayHaveStarted ? TerminationReceipt.Unverified : AttemptEnding.NeverStarted).ConfigureAwait(false);
        }

        if (!mayHaveStarted)
        {
            return await ending.EndAsync(AttemptOutcome.NotStarted, null, lost.Message, null).ConfigureAwait(false);
        }

        string error = $"Contact with worker '{link.Address.Name}' was lost for {silent.TotalSeconds:0} seconds, so what became of the step is unknown. {lost.Message}";
        return await ending.EndAsync(AttemptOutcome.Unknown, null, error, null).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult> OverAsync(IWorkerChannel channel, StopSignal stop, CancellationToken detach)
    {
        if (mustEnter && await EnterAsync(channel, detach).ConfigureAwait(false) is { } lost)
        {
            return lost;
        }

        // A worker that answers, but never to the end of what it is asked, does not keep an attempt from being given up.
        lostSince = stop.Reason is null ? null : lostSince;
        if (!isStarted && stop.Reason is { } reason)
        {
            // Also where no start was seen: one may still be on its way over a connection that broke.
            TerminationReceipt never = mayHaveStarted
                ? await WithinAsync(settings.CancelGrace, token => channel.TerminateAsync(run, order.Ticket, settings.CancelGrace, token), detach).ConfigureAwait(false)
                : AttemptEnding.NeverStarted;
            if (never.Verdict == TerminationVerdict.NeverStarted)
            {
                return await ending.StoppedAsync(reason, null, never).ConfigureAwait(false);
            }
        }
        else if (!isStarted && await StartEnteredAsync(channel, stop, detach).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        AttemptFollower follower = new(channel, link.Address.Name, order, log, settings.CancelGrace, time);
        (AttemptExited? exited, TerminationReceipt? receipt) = await follower.FollowAsync(stop, detach).ConfigureAwait(false);
        if (exited is not null && exited.ExitCode != 0 && receipt is null && stop.Reason is not null)
        {
            // It was over before it was told to end: by itself, or because it was told before, over a connection that broke or by another process. The worker knows.
            receipt = await WithinAsync(TimeSpan.Zero, token => channel.TerminateAsync(run, order.Ticket, TimeSpan.Zero, token), detach).ConfigureAwait(false);
        }

        if (exited is not null)
        {
            await artifacts.CollectAsync(channel, detach).ConfigureAwait(false);
        }

        return await ending.ExitedAsync(exited, receipt, stop.Reason).ConfigureAwait(false);
    }

    private async Task<AttemptResult?> EnterAsync(IWorkerChannel channel, CancellationToken cancellationToken)
    {
        RunOnWorker known = await WithinAsync(TimeSpan.Zero, token => channel.EnterRunAsync(run, order.FencingToken, token), cancellationToken).ConfigureAwait(false);
        mustEnter = false;
        TicketOnWorker? ticket = known.Tickets.FirstOrDefault(candidate => candidate.Ticket == order.Ticket);
        if (!known.WasKnown && mayHaveStarted)
        {
            return await ending.EndAsync(
                AttemptOutcome.Unknown, null,
                $"{link.Address.Machine} no longer knows the run, so what became of the step is unknown.", null).ConfigureAwait(false);
        }

        isStarted = ticket is not null && ticket.State != TicketState.Refused;
        return null;
    }

    // A start that is fenced out has not happened. It is refused to an old owner, and by a worker that has lost what it knew of the run since that was entered there:
    // entering it anew tells which.
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult?> StartEnteredAsync(IWorkerChannel channel, StopSignal stop, CancellationToken cancellationToken)
    {
        bool mayHaveStartedBefore = mayHaveStarted;
        try
        {
            return await StartAsync(channel, stop, cancellationToken).ConfigureAwait(false);
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.FencedOut && !mayHaveStartedBefore)
        {
            mayHaveStarted = false;
            return await EnterAsync(channel, cancellationToken).ConfigureAwait(false) ?? await StartAsync(channel, stop, cancellationToken).ConfigureAwait(false);
        }
    }

    // A cancel does not wait for packages to be extracted: whoever takes the ticket ends that too.
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult?> UnpackAsync(IWorkerChannel channel, StopSignal stop, CancellationToken cancellationToken)
    {
        Task<IReadOnlyDictionary<string, string>> unpacking = PackageUnpacking.UnpackAsync(channel, order, link.Address.Name, time, cancellationToken);
        if (!unpacking.IsCompleted)
        {
            TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration heard = stop.Token.Register(stopped.SetResult);
            await Task.WhenAny(unpacking, stopped.Task).ConfigureAwait(false);
        }

        if (unpacking.IsCompleted || stop.Reason is not { } reason)
        {
            script.PackageFolders = await unpacking.ConfigureAwait(false);
            return null;
        }

        // What is left to do over another connection, should this one break, is to ask the worker again.
        mayHaveStarted = true;
        TerminationReceipt receipt;
        try
        {
            receipt = await WithinAsync(settings.CancelGrace, token => channel.TerminateAsync(run, order.Ticket, settings.CancelGrace, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ((Task)unpacking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await ending.StoppedAsync(reason, null, receipt).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult?> StartAsync(IWorkerChannel channel, StopSignal stop, CancellationToken cancellationToken)
    {
        AttemptStart start;
        try
        {
            if (await UnpackAsync(channel, stop, cancellationToken).ConfigureAwait(false) is { } ended)
            {
                return ended;
            }
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.PackageInvalid or EngineError.PackageNotFound or EngineError.WorkerUnusable)
        {
            return await ending.EndAsync(AttemptOutcome.NotStarted, null, e.Message, null).ConfigureAwait(false);
        }

        try
        {
            start = script.Compose().Start(run, order.FencingToken, order.Ticket);
        }
        catch (OctoWorkersException e)
        {
            // Whatever keeps the script from being made does so on every worker.
            return await ending.EndAsync(AttemptOutcome.Failed, null, e.Message, null).ConfigureAwait(false);
        }

        if (script.Unresolved is { Count: > 0 } names)
        {
            log.Say(LogLevel.Verbose, $"No value was found for {string.Join(", ", names)}; each stays in the text as it is written.");
        }

        mayHaveStarted = true;
        try
        {
            StartResult result = await WithinAsync(TimeSpan.Zero, token => channel.StartAsync(start, token), cancellationToken).ConfigureAwait(false);
            isStarted = result != StartResult.Refused;
            return isStarted ? null : await ending.EndAsync(AttemptOutcome.Canceled, null, "It was canceled before it started.", null).ConfigureAwait(false);
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.WorkerUnusable or EngineError.InvalidArgument)
        {
            // A violated protocol is not among them: the attempt may have started, and the next channel finds out.
            return await ending.EndAsync(AttemptOutcome.NotStarted, null, e.Message, null).ConfigureAwait(false);
        }
    }

    private Task<T> WithinAsync<T>(TimeSpan atLeast, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        => WorkerAnswer.WithinAsync(link.Address.Name, atLeast + WorkerAnswer.Patience, time, ask, cancellationToken);
}
