namespace OctoWorkers.Engine.Runs;

/// <summary>
/// The time by which a run's loop decides what is due. It goes on steadily when somebody sets the machine's clock; only what was already waiting when a
/// process took the run over is measured by the times in the journal, and then never waits longer than it was to wait at first.
/// </summary>
internal sealed class RunClock
{
    private readonly TimeProvider time;
    private readonly DateTimeOffset origin;
    private readonly long begin;
    private readonly DateTimeOffset started;
    private readonly Dictionary<(int Step, int Attempts), DateTimeOffset> retries = [];

    /// <param name="time">The machine's clock.</param>
    /// <param name="state">The run as it stands.</param>
    /// <param name="tookOver">Whether another process drove it before.</param>
    public RunClock(TimeProvider time, RunState state, bool tookOver)
    {
        this.time = time;
        origin = time.GetUtcNow();
        begin = time.GetTimestamp();
        started = tookOver && state.Started < origin ? state.Started.Value : origin;
        foreach (StepState step in state.StepsAndParts.Where(step => step.RetryDue is not null))
        {
            TimeSpan left = step.RetryDue!.Value - origin;
            TimeSpan whole = Delay(step);
            retries[KeyOf(step)] = origin + (left < TimeSpan.Zero ? TimeSpan.Zero : left < whole ? left : whole);
        }
    }

    /// <summary>Now, by this clock.</summary>
    public DateTimeOffset Now => origin + time.GetElapsedTime(begin);

    /// <summary>The state with what is due, and the run's beginning, by this clock.</summary>
    public RunState Steady(RunState state)
        => state with { Started = state.Started is null ? null : started, Steps = [.. state.Steps.Select(Steady)], Parts = [.. state.Parts.Select(Steady)] };

    private StepState Steady(StepState step)
    {
        if (step.RetryDue is null)
        {
            return step;
        }

        if (!retries.TryGetValue(KeyOf(step), out DateTimeOffset due))
        {
            retries[KeyOf(step)] = due = Now + Delay(step);
        }

        return step with { RetryDue = due };
    }

    private static (int Step, int Attempts) KeyOf(StepState step) => (step.Number, step.Attempts.Count);

    private static TimeSpan Delay(StepState step) => step.Definition.Retry.DelayBefore(step.Attempts.Count);
}
