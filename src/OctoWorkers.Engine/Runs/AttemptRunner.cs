using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
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
    private readonly EngineSettings settings;
    private readonly TimeProvider time;
    private readonly AttemptLog log;
    private readonly AttemptArtifacts artifacts;
    private readonly AttemptEnding ending;
    private readonly AttemptStarter starter;
    private readonly string run;
    private bool mustEnter;
    private long? lostSince;

    /// <param name="services">The store, the ways to the workers, the clock.</param>
    /// <param name="link">The way to the attempt's worker.</param>
    /// <param name="there">The run on that.</param>
    /// <param name="order">The attempt.</param>
    /// <param name="script">Makes the script when the attempt starts.</param>
    /// <param name="settings">Time-outs.</param>
    /// <param name="stored">Hears of events of the attempt that are in the journal, before its end is.</param>
    public AttemptRunner(
        RunServices services, WorkerLink link, RunThere there, AttemptOrder order, StepScript script, EngineSettings settings, Action<IReadOnlyList<RunEvent>> stored)
    {
        this.link = link;
        this.order = order;
        this.settings = settings;
        time = services.Time;
        log = new(services.Store, order, time, stored);
        artifacts = new(new(services.Artifacts, services.Secrets, time), order, log);
        ending = new(log, order, link.Address.Name);
        run = order.Run.ToString();
        starter = new(link, there, order, script, settings, log, ending, time);
        mustEnter = order.Resume is not null;
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
            return await ending.StoppedAsync(reason, null, starter.MayHaveStarted ? TerminationReceipt.Unverified : AttemptEnding.NeverStarted).ConfigureAwait(false);
        }

        if (!starter.MayHaveStarted)
        {
            return await ending.EndAsync(AttemptOutcome.NotStarted, null, lost.Message, null).ConfigureAwait(false);
        }

        string error = $"Contact with worker '{link.Address.Name}' was lost for {silent.TotalSeconds:0} seconds, so what became of the step is unknown. {lost.Message}";
        return await ending.EndAsync(AttemptOutcome.Unknown, null, error, null).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult> OverAsync(IWorkerChannel channel, StopSignal stop, CancellationToken detach)
    {
        if (mustEnter && await starter.EnterAsync(channel, detach).ConfigureAwait(false) is { } lost)
        {
            return lost;
        }

        mustEnter = false;

        // A worker that answers, but never to the end of what it is asked, does not keep an attempt from being given up.
        lostSince = stop.Reason is null ? null : lostSince;
        if (!starter.IsStarted && stop.Reason is { } reason)
        {
            // Also where no start was seen: one may still be on its way over a connection that broke.
            TerminationReceipt never = starter.MayHaveStarted
                ? await WithinAsync(settings.CancelGrace, token => channel.TerminateAsync(run, order.Ticket, settings.CancelGrace, token), detach).ConfigureAwait(false)
                : AttemptEnding.NeverStarted;
            if (never.Verdict == TerminationVerdict.NeverStarted)
            {
                return await ending.StoppedAsync(reason, null, never).ConfigureAwait(false);
            }
        }
        else if (!starter.IsStarted && await starter.StartAsync(channel, stop, detach).ConfigureAwait(false) is { } refused)
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

    private Task<T> WithinAsync<T>(TimeSpan atLeast, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        => WorkerAnswer.WithinAsync(link.Address.Name, atLeast + WorkerAnswer.Patience, time, ask, cancellationToken);
}
