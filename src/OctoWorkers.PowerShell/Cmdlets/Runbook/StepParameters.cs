namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Which parameters of New-RunbookStep go together, beyond what its parameter sets say.</summary>
internal static class StepParameters
{
    // What says something about workers and attempts.
    private static readonly string[] OfWorkers =
    [
        nameof(NewRunbookStepCommand.Pool), nameof(NewRunbookStepCommand.PoolVariable), nameof(NewRunbookStepCommand.TargetTag), nameof(NewRunbookStepCommand.Demand),
        nameof(NewRunbookStepCommand.Package), nameof(NewRunbookStepCommand.RetryCount), nameof(NewRunbookStepCommand.RetryBackoffSec),
        nameof(NewRunbookStepCommand.TimeoutSec), nameof(NewRunbookStepCommand.Idempotent),
    ];

    /// <summary>Refuses those that contradict each other.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isManual">Whether it waits for a person.</param>
    /// <param name="isGiven">Whether a parameter is given.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static void Check(NewRunbookStepCommand step, bool isManual, Func<string, bool> isGiven)
    {
        if (step.ConditionExpression is null == (step.Condition == StepCondition.Variable))
        {
            throw Refused(step, ": -ConditionExpression goes with -Condition Variable, and the other way round. Give both or neither.");
        }

        if (step.Pool is not null && step.PoolVariable is not null)
        {
            throw Refused(step, " has both -Pool and -PoolVariable. Give one of them.");
        }

        if (isManual && OfWorkers.FirstOrDefault(isGiven) is { } given)
        {
            throw Refused(step, $" waits for a person and runs on no worker. Leave -{given} out.");
        }

        if (step.TargetTag.Length == 0 && (step.OnWorker || step.TargetWindow is not null))
        {
            throw Refused(step, ": -OnWorker and -TargetWindow are about deployment targets. Give -TargetTag too.");
        }

        if (step.TargetTag.Length > 0 && !step.OnWorker && (step.Pool ?? step.PoolVariable) is not null)
        {
            throw Refused(step, " runs on deployment targets and draws no worker. Leave the pool out, or give -OnWorker to run it on behalf of each.");
        }
    }

    private static OctoWorkersException Refused(NewRunbookStepCommand step, string why) => new(EngineError.InvalidArgument, $"Step '{step.Name}'{why}", step.Name);
}
