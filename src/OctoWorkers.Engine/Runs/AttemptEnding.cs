using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Runs;

/// <summary>Says how an attempt ended, with the last of its output.</summary>
/// <param name="log">The attempt's log.</param>
/// <param name="order">The attempt.</param>
/// <param name="worker">The name of its worker.</param>
internal sealed class AttemptEnding(AttemptLog log, AttemptOrder order, string worker)
{
    /// <summary>The receipt of an attempt that was ended before it began.</summary>
    public static TerminationReceipt NeverStarted => new(TerminationVerdict.NeverStarted, null, [], []);

    /// <summary>It ended so.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="exitCode">The interpreter's; null: none is known.</param>
    /// <param name="error">What went wrong; null: nothing.</param>
    /// <param name="left">What was ended, and what is left; null: nothing was to be ended.</param>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<AttemptResult> EndAsync(AttemptOutcome outcome, int? exitCode, string? error, TerminationReceipt? left)
    {
        AttemptRest rest = await log.EndAsync().ConfigureAwait(false);
        return new(outcome, exitCode, error, left) { Rest = rest };
    }

    /// <summary>It was ended.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="exitCode">The interpreter's; null: none is known.</param>
    /// <param name="receipt">What was ended, and what is left.</param>
    public Task<AttemptResult> StoppedAsync(StopReason reason, int? exitCode, TerminationReceipt receipt)
        => EndAsync(
            reason == StopReason.Canceled ? AttemptOutcome.Canceled : AttemptOutcome.TimedOut,
            exitCode,
            reason switch
            {
                StopReason.Canceled => "It was canceled.",
                StopReason.StepTimedOut => $"It ran longer than its time-out of {order.Step.Timeout}.",
                _ => "The run took longer than its time-out.",
            },
            receipt);

    /// <summary>It exited, by itself or because it was ended, or it is not known what became of it.</summary>
    /// <param name="exited">The exit; null: it was ended and never told of one.</param>
    /// <param name="receipt">What was ended, and what is left; null: nothing was to be ended.</param>
    /// <param name="stopped">Why it was to be ended; null: it was not.</param>
    public Task<AttemptResult> ExitedAsync(AttemptExited? exited, TerminationReceipt? receipt, StopReason? stopped)
    {
        if (exited is { OutputHeldOpen: true })
        {
            log.Say(LogLevel.Warning, "A process that the script left behind still holds its output open; what it writes from here on is not read.");
        }

        // Told to end, but it ended by itself before that reached it: what it says counts.
        if (stopped is { } reason && receipt is not null && (exited is null || receipt.Ended.Count > 0))
        {
            return StoppedAsync(reason, exited?.ExitCode, receipt);
        }

        return exited?.ExitCode switch
        {
            0 => EndAsync(AttemptOutcome.Succeeded, 0, null, receipt),
            null => EndAsync(
                AttemptOutcome.Unknown, null,
                $"Worker '{worker}' went down, or something killed the step's supervisor there, so what became of the step is unknown.", receipt),
            int code => EndAsync(AttemptOutcome.Failed, code, $"The script exited with code {code}.", receipt),
        };
    }
}
