using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Follows one attempt over one channel until it has exited, and ends it when told to. When the channel breaks it throws, and another follower goes on.
/// </summary>
internal sealed class AttemptFollower(IWorkerChannel channel, AttemptOrder order, AttemptLog log, TimeSpan grace, TimeProvider time)
{
    /// <summary>A finished line waits for company at most so long before it is stored.</summary>
    private static readonly TimeSpan FlushPause = TimeSpan.FromMilliseconds(8);

    /// <summary>How long the last output of an attempt that was ended is waited for.</summary>
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(5);

    private Task<TerminationReceipt>? ending;

    /// <summary>Follows to the end.</summary>
    /// <returns>The exit, null when it was ended and never told of one; and the receipt, null when it was not ended.</returns>
    public async Task<(AttemptExited? Exit, TerminationReceipt? Receipt)> FollowAsync(StopSignal stop, CancellationToken detach)
    {
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(detach);
        IAsyncEnumerator<AttemptSignal> signals = channel.FollowAsync(order.Ticket, log.Offsets, done.Token).GetAsyncEnumerator(CancellationToken.None);
        await using ConfiguredAsyncDisposable disposal = signals.ConfigureAwait(false);
        TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration asked = stop.Token.Register(() => stopAsked.TrySetResult());
        while (true)
        {
            Task<bool> next = signals.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                await WaitAsync(next, stopAsked.Task, detach).ConfigureAwait(false);
                if (stop.Reason is not null && ending is null && !next.IsCompleted)
                {
                    ending = channel.TerminateAsync(order.Run.ToString(), order.Ticket, grace, detach);
                }
                else if (ending is { IsCompleted: true } && !next.IsCompleted)
                {
                    if ((await ending.ConfigureAwait(false)).Verdict == TerminationVerdict.NeverStarted)
                    {
                        await done.CancelAsync().ConfigureAwait(false);
                    }
                    else
                    {
                        done.CancelAfter(LastOutput);
                    }

                    await Task.WhenAny(next).ConfigureAwait(false);
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

    private AttemptExited? Take(AttemptSignal signal)
    {
        if (signal is OutputRead read)
        {
            log.Take(read);
        }

        return signal as AttemptExited;
    }

    // Waits for news, and stores what was gathered when there is a pause.
    private async Task WaitAsync(Task next, Task stopAsked, CancellationToken cancellationToken)
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
