using System.Text;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>What a probe wrote to its standard output, as far as it came in time.</summary>
/// <param name="Text">The text, bounded.</param>
/// <param name="ExitCode">How it ended; null when it did not, and was ended.</param>
internal sealed record ProbeOutput(string Text, int? ExitCode)
{
    private const int MostBytes = 256 * 1024;

    /// <summary>Reads it; a probe that takes too long is ended.</summary>
    internal static async Task<ProbeOutput> ReadAsync(
        IWorkerChannel channel, string run, string ticket, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = new(patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        using MemoryStream output = new();
        int? exitCode = null;
        try
        {
            await foreach (AttemptSignal signal in channel.FollowAsync(ticket, default, either.Token).ConfigureAwait(false))
            {
                if (signal is OutputRead { Stream: OutputKind.Out } read && output.Length < MostBytes)
                {
                    output.Write(read.Bytes.Span);
                }
                else if (signal is AttemptExited exited)
                {
                    exitCode = exited.ExitCode;
                }
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await channel.TerminateAsync(run, ticket, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }

        return new(Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length), exitCode);
    }
}
