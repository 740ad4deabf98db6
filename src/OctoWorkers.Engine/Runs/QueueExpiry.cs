using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Runs;

/// <summary>The end of a run's patience in the queue.</summary>
internal static class QueueExpiry
{
    /// <summary>Cancelled when the run is to end as timed out. Somebody who sets the machine's clock makes it wait at most as long as it was to wait at first.</summary>
    public static CancellationTokenSource Begin(RunRecord run, TimeProvider time)
    {
        if (run.Request.QueueExpiry is not { } length)
        {
            return new();
        }

        TimeSpan left = run.Created + length - time.GetUtcNow();
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left > length ? length : left;
        return new(left, time);
    }

    /// <summary>What somebody gave; null: nothing.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public static TimeSpan? Require(TimeSpan? expiry)
        => expiry is null || (expiry > TimeSpan.Zero && expiry <= DurationText.Longest) ? expiry
            : throw new OctoWorkersException(
                EngineError.InvalidArgument,
                $"The queue expiry {expiry} cannot be used; it must be longer than zero and at most {DurationText.Write(DurationText.Longest)}.", expiry);

    public static string Message(RunRecord run)
        => $"It did not begin within {DurationText.Write(run.Request.QueueExpiry!.Value)}, its queue expiry.";
}
