using System.Globalization;

namespace OctoWorkers.Engine.Runs;

/// <summary>How an event changes what is stored of a run beside its journal: pure.</summary>
public static class RunProjection
{
    /// <summary>The run after an event.</summary>
    /// <param name="run">The run before it.</param>
    /// <param name="happened">The event.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidTransition"/> when the table has no such move.</exception>
    public static RunRecord Apply(RunRecord run, RunEvent happened)
    {
        ArgumentNullException.ThrowIfNull(run);
        return happened switch
        {
            RunStarted started => run with
            {
                Status = RunTransitions.Move(run.Id, run.Status, RunStatus.Executing), Started = started.At, Waits = [],
            },
            CancelRequested when run.Status == RunStatus.Executing => run with
            {
                Status = RunTransitions.Move(run.Id, run.Status, RunStatus.Cancelling),
            },
            RunEnded ended => run with
            {
                Status = RunTransitions.Move(run.Id, run.Status, ended.Status), Ended = ended.At, Error = ended.Error, Waits = [],
            },
            RetryScheduled retry => run with { Waits = [.. WithoutRetry(run, retry.Step), Retry(retry)] },
            AttemptIntended intended when WaitsForRetry(run, intended.Step) => run with { Waits = WithoutRetry(run, intended.Step) },
            StepSkipped skipped when WaitsForRetry(run, skipped.Step) => run with { Waits = WithoutRetry(run, skipped.Step) },
            StepEnded ended when WaitsForRetry(run, ended.Step) => run with { Waits = WithoutRetry(run, ended.Step) },
            _ => run,
        };
    }

    private static Wait Retry(RetryScheduled retry)
    {
        string due = retry.Due.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return new(WaitKind.Retry, $"attempt {retry.Attempt} of step {retry.OfStep ?? retry.Step}{(retry.Target is null ? "" : $" for '{retry.Target}'")}, which is due at {due} UTC", retry.At, [])
        {
            Step = retry.OfStep ?? retry.Step, Part = retry.OfStep is null ? null : retry.Step,
        };
    }

    private static bool WaitsForRetry(RunRecord run, int step) => run.Waits.Any(wait => wait.Kind == WaitKind.Retry && (wait.Part ?? wait.Step) == step);

    private static IReadOnlyList<Wait> WithoutRetry(RunRecord run, int step)
        => [.. run.Waits.Where(wait => wait.Kind != WaitKind.Retry || (wait.Part ?? wait.Step) != step)];
}
