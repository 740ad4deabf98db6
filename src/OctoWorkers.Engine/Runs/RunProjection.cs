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
                Status = RunTransitions.Move(run.Id, run.Status, RunStatus.Executing), Started = started.At, WaitingFor = null,
            },
            CancelRequested when run.Status == RunStatus.Executing => run with
            {
                Status = RunTransitions.Move(run.Id, run.Status, RunStatus.Cancelling),
            },
            RunEnded ended => run with
            {
                Status = RunTransitions.Move(run.Id, run.Status, ended.Status), Ended = ended.At, Error = ended.Error, WaitingFor = null,
            },
            _ => run,
        };
    }
}
