namespace OctoWorkers.Engine.Runs;

/// <summary>The state machine of a run (semantics, section 4): one table, one method.</summary>
public static class RunTransitions
{
    private static readonly HashSet<(RunStatus From, RunStatus To)> Table =
    [
        (RunStatus.Queued, RunStatus.Executing),
        (RunStatus.Queued, RunStatus.Canceled),
        (RunStatus.Queued, RunStatus.TimedOut),
        (RunStatus.Executing, RunStatus.Success),
        (RunStatus.Executing, RunStatus.Failed),
        (RunStatus.Executing, RunStatus.Cancelling),
        (RunStatus.Cancelling, RunStatus.Canceled),
        (RunStatus.Cancelling, RunStatus.Failed),
    ];

    /// <summary>Whether the table holds a move.</summary>
    /// <param name="from">The state now.</param>
    /// <param name="to">The state wanted.</param>
    public static bool Allows(RunStatus from, RunStatus to) => Table.Contains((from, to));

    /// <summary>Makes a move.</summary>
    /// <param name="run">The run, for the message.</param>
    /// <param name="from">The state now.</param>
    /// <param name="to">The state wanted.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidTransition"/>.</exception>
    public static RunStatus Move(RunId run, RunStatus from, RunStatus to)
        => Allows(from, to)
            ? to
            : throw new OctoWorkersException(EngineError.InvalidTransition, $"{run} cannot go from {from} to {to}.", run);
}
