using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>Starts an attempt on its worker, once, over as many connections as it takes, and knows whether it may have started.</summary>
/// <param name="link">The way to the worker.</param>
/// <param name="there">The run on the worker.</param>
/// <param name="order">The attempt.</param>
/// <param name="script">Makes the script when the attempt starts.</param>
/// <param name="settings">Time-outs.</param>
/// <param name="log">The attempt's log.</param>
/// <param name="ending">Says how the attempt ended, where it does here.</param>
/// <param name="time">The clock.</param>
internal sealed class AttemptStarter(
    WorkerLink link, RunThere there, AttemptOrder order, StepScript script, EngineSettings settings, AttemptLog log, AttemptEnding ending, TimeProvider time)
{
    private readonly string run = order.Run.ToString();
    private readonly string worker = link.Address.Name;

    /// <summary>Whether it may have started: false only where that is certain.</summary>
    public bool MayHaveStarted { get; private set; } = order.Resume is not null;

    /// <summary>Whether the worker has started it, also where it has ended since.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Asks the worker what it knows of the attempt, and makes the run known there where that is safe.</summary>
    /// <returns>The attempt's end, where nobody will know what became of it; null: it goes on.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.WorkerUnusable"/> when the worker does not know the run, and cannot be told of it before other attempts there have ended.
    /// </exception>
    public async Task<AttemptResult?> EnterAsync(IWorkerChannel channel, CancellationToken cancellationToken)
    {
        if (!MayHaveStarted)
        {
            there.Leave(order.Ticket);
        }

        RunOnWorker? known = await WithinAsync(
            TimeSpan.Zero, token => there.EnterAsync(knownUnder => channel.EnterRunAsync(run, order.FencingToken, knownUnder, token), token), cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            string lost = $"{link.Address.Machine} no longer knows the run";
            return MayHaveStarted
                ? await ending.EndAsync(AttemptOutcome.Unknown, null, $"{lost}, so what became of the step is unknown.", null).ConfigureAwait(false)
                : throw new OctoWorkersException(EngineError.WorkerUnusable, $"{lost}, and other steps of it there have not ended yet.", worker);
        }

        TicketOnWorker? ticket = known.Tickets.FirstOrDefault(candidate => candidate.Ticket == order.Ticket);
        IsStarted = ticket is not null && ticket.State != TicketState.Refused;
        return null;
    }

    /// <summary>Starts it on a worker that was entered.</summary>
    /// <returns>The attempt's end, where it did not start; null: it can be followed.</returns>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<AttemptResult?> StartAsync(IWorkerChannel channel, StopSignal stop, CancellationToken cancellationToken)
    {
        // A start that is fenced out has not happened. It is refused to an old owner, and by a worker that has lost what it knew of the run since that was entered there:
        // entering it again tells which.
        for (bool isFirst = true; ; isFirst = false)
        {
            bool mayHaveStartedBefore = MayHaveStarted;
            try
            {
                return await UnpackAndStartAsync(channel, stop, cancellationToken).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.FencedOut)
            {
                MayHaveStarted = mayHaveStartedBefore;
                if (!isFirst)
                {
                    throw new OctoWorkersException(EngineError.WorkerUnusable, e.Message, worker, e);
                }
            }

            if (await EnterAsync(channel, cancellationToken).ConfigureAwait(false) is { } lost)
            {
                return lost;
            }

            if (IsStarted)
            {
                return null;
            }
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult?> UnpackAndStartAsync(IWorkerChannel channel, StopSignal stop, CancellationToken cancellationToken)
    {
        await there.BeginAsync(order.Ticket, cancellationToken).ConfigureAwait(false);
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

        MayHaveStarted = true;
        try
        {
            StartResult result = await WithinAsync(TimeSpan.Zero, token => channel.StartAsync(start, token), cancellationToken).ConfigureAwait(false);
            IsStarted = result != StartResult.Refused;
            return IsStarted ? null : await ending.EndAsync(AttemptOutcome.Canceled, null, "It was canceled before it started.", null).ConfigureAwait(false);
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.WorkerUnusable or EngineError.InvalidArgument)
        {
            // A violated protocol is not among them: the attempt may have started, and the next channel finds out.
            return await ending.EndAsync(AttemptOutcome.NotStarted, null, e.Message, null).ConfigureAwait(false);
        }
    }

    // A cancel does not wait for packages to be extracted: whoever takes the ticket ends that too.
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<AttemptResult?> UnpackAsync(IWorkerChannel channel, StopSignal stop, CancellationToken cancellationToken)
    {
        Task<IReadOnlyDictionary<string, string>> unpacking = PackageUnpacking.UnpackAsync(channel, order, worker, time, cancellationToken);
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
        MayHaveStarted = true;
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

    private Task<T> WithinAsync<T>(TimeSpan atLeast, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        => WorkerAnswer.WithinAsync(worker, atLeast + WorkerAnswer.Patience, time, ask, cancellationToken);
}
