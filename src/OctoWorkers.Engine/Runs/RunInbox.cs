using System.Threading.Channels;

namespace OctoWorkers.Engine.Runs;

/// <summary>What is told to a run's loop, in the order in which it was told.</summary>
internal sealed class RunInbox
{
    private readonly Channel<RunMessage> messages = Channel.CreateUnbounded<RunMessage>(new() { SingleReader = true });

    /// <summary>Tells the loop something; from any thread.</summary>
    public ChannelWriter<RunMessage> Writer => messages.Writer;

    /// <summary>The next message; null: there is none now.</summary>
    public RunMessage? Next() => messages.Reader.TryRead(out RunMessage? message) ? message : null;

    /// <summary>Waits for a message, or until a time.</summary>
    /// <param name="left">How long at most; null: for as long as it takes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task WaitAsync(TimeSpan? left, TimeProvider time, CancellationToken cancellationToken)
    {
        if (left is null)
        {
            await messages.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using CancellationTokenSource due = new(TimeSpan.FromTicks(Math.Clamp(left.Value.Ticks, 0, TimeSpan.TicksPerDay)), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, due.Token);
        try
        {
            await messages.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
