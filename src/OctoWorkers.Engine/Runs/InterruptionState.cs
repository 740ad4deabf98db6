namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's journal says of one interruption.</summary>
internal sealed record InterruptionState(InterruptionRaised Raised)
{
    public InterruptionAnswered? Answer { get; init; }

    /// <summary>Whether the run was stopped before anybody answered.</summary>
    public bool IsEnded { get; init; }

    /// <summary>Whether the run waits for it.</summary>
    public bool IsOpen => Answer is null && !IsEnded;
}
