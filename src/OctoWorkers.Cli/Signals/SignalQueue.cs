using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace OctoWorkers.Cli.Signals;

/// <summary>The signals of this process one after the other, and a token that the first of them cancels.</summary>
internal sealed class SignalQueue : IDisposable
{
    private readonly Channel<PosixSignal> signals = Channel.CreateBounded<PosixSignal>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite });

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
                signals.Writer.TryWrite(signal);
                first.Cancel();
            }
        });

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken First => first.Token;

    /// <summary>Waits for the next signal.</summary>
    internal Task<PosixSignal> NextAsync(CancellationToken cancellationToken) => signals.Reader.ReadAsync(cancellationToken).AsTask();

    public void Dispose()
    {
        hearing.Dispose();
        first.Dispose();
    }
}
