using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Follows one attempt over one channel until it has exited, and ends it when told to. When the channel breaks it throws, and another follower goes on.
/// </summary>
internal sealed class AttemptFollower(IWorkerChannel channel, string worker, AttemptOrder order, AttemptLog log, TimeSpan grace, TimeProvider time)
{
    /// <summary>A finished line waits for company at most so long before it is stored.</summary>
    private static readonly TimeSpan FlushPause = TimeSpan.FromMilliseconds(8);

    /// <summary>How long the last output of an attempt that was ended is waited for.</summary>
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(5);

    private Task<bool> next = Task.FromResult(true);
    private Task<TerminationReceipt>? ending;
    private bool hasEnded;

    /// <summary>Follows to the end.</summary>
    /// <returns>The exit, null when it was ended and never told of one; and the receipt, null when it was not ended.</returns>
    public async Task<(AttemptExited? Exit, TerminationReceipt? Receipt)> FollowAsync(StopSignal stop, CancellationToken detach)
    {
        using CancellationTokenSource enough = new(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(detach, enough.Token);
        IAsyncEnumerator<AttemptSignal> signals = channel.FollowAsync(order.Ticket, log.Offsets, done.Token).GetAsyncEnumerator(CancellationToken.None);
        await using ConfiguredAsyncDisposable disposal = signals.ConfigureAwait(false);
        TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration asked = stop.Token.Register(() => stopAsked.TrySetResult());
        try
        {
            while (true)
            {
                next = signals.MoveNextAsync().AsTask();
                while (!next.IsCompleted)
                {
                    await WaitAsync(stopAsked.Task, detach).ConfigureAwait(false);
                    if (stop.Reason is not null && !next.IsCompleted)
                    {
                        await EndAsync(enough, done.Token).ConfigureAwait(false);
                    }
                }

                try
                {
                    if (await next.ConfigureAwait(false) && Take(signals.Current) is { } exited)
                    {
                        return (exited, ending is null ? null : await ending.ConfigureAwait(false));
                    }
                }
                catch (OperationCanceledException) when (!detach.IsCancellationRequested && ending is { IsCompletedSuccessfully: true })
                {
                    return (null, await ending.ConfigureAwait(false));
                }

                if (log.IsFull)
                {
                    await log.FlushAsync(detach).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // The signals cannot be disposed of while the next one is awaited, whatever made us leave.
            await done.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (ending ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private AttemptExited? Take(AttemptSignal signal)
    {
        if (signal is OutputRead read)
        {
            log.Take(read);
        }

        return signal as AttemptExited;
    }

    // Begins to end the attempt; once it has been ended, gives its last output a while, and not one that begins anew with every byte.
    private async Task EndAsync(CancellationTokenSource enough, CancellationToken cancellationToken)
    {
        if (ending is null)
        {
            ending = WorkerAnswer.WithinAsync(
                worker, grace + WorkerAnswer.Patience, time,
                token => channel.TerminateAsync(order.Run.ToString(), order.Ticket, grace, token), cancellationToken);
        }
        else if (ending.IsCompleted)
        {
            TerminationReceipt receipt = await ending.ConfigureAwait(false);
            if (!hasEnded)
            {
                hasEnded = true;
                enough.CancelAfter(receipt.Verdict == TerminationVerdict.NeverStarted ? TimeSpan.Zero : LastOutput);
            }

            await Task.WhenAny(next).ConfigureAwait(false);
        }
    }

    // Waits for news, and stores what was gathered when there is a pause.
    private async Task WaitAsync(Task stopAsked, CancellationToken cancellationToken)
    {
        Task other = ending ?? stopAsked;
        if (log.HasNews && !other.IsCompleted)
        {
            using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task pause = Task.Delay(FlushPause, time, enough.Token);
            Task first = await Task.WhenAny(next, pause, other).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
            if (first != pause)
            {
                return;
            }

            await log.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await Task.WhenAny(next, other).ConfigureAwait(false);
    }
}
