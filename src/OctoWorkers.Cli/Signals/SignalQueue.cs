using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace OctoWorkers.Cli.Signals;

/// <summary>The signals of this process one after the other, and a token that the first of them cancels.</summary>
internal sealed class SignalQueue : IDisposable
{
    // Not a channel: one whose wait is canceled, as at the end of every run, looks up a stack trace, and for that loads all it takes to read one.
    private readonly ConcurrentQueue<PosixSignal> signals = [];
    private readonly SemaphoreSlim waiting = new(0);
    private readonly CancellationTokenSource first = new();
    private readonly IDisposable hearing;

    /// <summary>Begins to hear.</summary>
    /// <param name="source">Where signals come from.</param>
    /// <param name="ignoresHangUp">Whether the end of the terminal does not matter.</param>
    internal SignalQueue(ISignalSource source, bool ignoresHangUp = false)
        => hearing = source.Hear(signal =>
        {
            if (signal != PosixSignal.SIGHUP || !ignoresHangUp)
            {
                signals.Enqueue(signal);
                waiting.Release();
                first.Cancel();
            }
        });

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken First => first.Token;

    /// <summary>Waits for the next signal.</summary>
    internal async Task<PosixSignal> NextAsync(CancellationToken cancellationToken)
    {
        await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
        signals.TryDequeue(out PosixSignal next);
        return next;
    }

    public void Dispose()
    {
        hearing.Dispose();
        waiting.Dispose();
        first.Dispose();
    }
}
