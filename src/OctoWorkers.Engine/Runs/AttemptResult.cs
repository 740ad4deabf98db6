namespace OctoWorkers.Engine.Runs;

/// <summary>How an attempt ended, with what of its output is not stored yet: it is stored together with the result.</summary>
internal sealed record AttemptResult(AttemptOutcome Outcome, int? ExitCode, string? Error, TerminationReceipt? Receipt)
{
    public AttemptRest? Rest { get; init; }

    /// <summary>What went wrong: in the script's own words, where it failed and gave some.</summary>
    /// <param name="step">The step, with all that its attempt said.</param>
    public string? ErrorOf(StepState step)
        => Outcome == AttemptOutcome.Failed && !string.IsNullOrWhiteSpace(step.ResultMessage) ? step.ResultMessage : Error;
}
