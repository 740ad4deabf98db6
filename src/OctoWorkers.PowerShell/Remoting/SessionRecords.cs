using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>
/// What has come from a pipeline on a worker and waits for its one reader. A reader that is woken for each of many records has little time for anything else: of those that come
/// quickly one after the other, several are handed on together.
/// </summary>
/// <param name="gathers">Whether it waits a little for more; else everything is handed on at once.</param>
[SuppressMessage("Design", "CA1001", Justification = "The timer ends with the pipeline, in Complete.")]
internal sealed class SessionRecords(bool gathers)
{
    /// <summary>How many are handed on without waiting for more.</summary>
    private const int Many = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(8);

    // While records come, they tell the time themselves.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private List<SessionRecord> waiting = [];
    private List<SessionRecord> taken = [];
    private int next;
    private TaskCompletionSource? reader;
    private ITimer? timer;
    private bool isTimed;
    private bool isAwaited;
    private bool isComplete;
    private bool isDiscarding;
    private long last;

    /// <summary>Adds one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isLast">Whether the reader waits for this one, so that there is nothing to gather after it.</param>
    internal void Add(SessionRecord record, bool isLast)
    {
        TaskCompletionSource? woken = null;
        lock (gate)
        {
            if (isComplete || isDiscarding)
            {
                return;
            }

            waiting.Add(record);
            isAwaited |= isLast;
            if (reader is not null)
            {
                woken = IsDue ? Release() : SetTimer();
            }
        }

        woken?.TrySetResult();
    }

    /// <summary>Adds the last one.</summary>
    internal void Complete(SessionRecord end)
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            if (isComplete)
            {
                return;
            }

            isComplete = true;
            waiting.Add(end);
            woken = Release();
            timer?.Dispose();
        }

        if (woken is not null)
        {
            // Who tells of the end is in the middle of ending.
            ThreadPool.UnsafeQueueUserWorkItem(static reader => reader.TrySetResult(), woken, preferLocal: false);
        }
    }

    /// <summary>Nothing that comes from now on is wanted, except the last one.</summary>
    internal void Refuse()
    {
        lock (gate)
        {
            isDiscarding = true;
        }
    }

    /// <summary>Nor is what waits.</summary>
    internal void Discard()
    {
        lock (gate)
        {
            isDiscarding = true;
            waiting.Clear();
        }
    }

    /// <summary>Waits until there is something to take.</summary>
    /// <returns>Whether there is; nothing comes after the last one.</returns>
    internal async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (next == taken.Count)
        {
            Task coming;
            lock (gate)
            {
                if (waiting.Count > 0 && IsDue)
                {
                    taken.Clear();
                    (taken, waiting, next) = (waiting, taken, 0);
                    isAwaited = false;
                    last = TimeProvider.System.GetTimestamp();
                    return true;
                }

                if (isComplete)
                {
                    return false;
                }

                // The reader goes on on the thread that brings records: another one would be woken for each few of them, and wait for more at the processor's cost.
                reader ??= new();
                coming = reader.Task;
                if (waiting.Count > 0)
                {
                    SetTimer();
                }
            }

            await coming.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Takes the next one of those that were waited for.</summary>
    internal bool TryTake(out SessionRecord record)
    {
        record = next < taken.Count ? taken[next] : default;
        return next < taken.Count && ++next > 0;
    }

    /// <summary>All, to the last one.</summary>
    internal async IAsyncEnumerable<SessionRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryTake(out SessionRecord record))
            {
                yield return record;
            }
        }
    }

    // Under the gate.
    private bool IsDue => !gathers || isAwaited || isComplete || waiting.Count >= Many || TimeProvider.System.GetElapsedTime(last) >= Pause;

    private void OnTime()
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            isTimed = false;
            woken = waiting.Count > 0 ? Release() : null;
        }

        woken?.TrySetResult();
    }

    // Under the gate.
    private TaskCompletionSource? Release()
    {
        TaskCompletionSource? woken = reader;
        reader = null;
        if (isTimed)
        {
            isTimed = false;
            timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        return woken;
    }

    // Under the gate.
    private TaskCompletionSource? SetTimer()
    {
        if (!isTimed && !isComplete)
        {
            isTimed = true;
            timer ??= TimeProvider.System.CreateTimer(_ => OnTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(Silence, Timeout.InfiniteTimeSpan);
        }

        return null;
    }
}
