namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's journal says of one interruption.</summary>
internal sealed record InterruptionState(InterruptionRaised Raised)
{
    /// <summary>The number of the step, or of the part of one, that waits.</summary>
    public int Number => Raised.Part ?? Raised.Step;

    public InterruptionAnswered? Answer { get; init; }

    /// <summary>Whether the run was stopped before anybody answered.</summary>
    public bool IsEnded { get; init; }

    /// <summary>Whether the run waits for it.</summary>
    public bool IsOpen => Answer is null && !IsEnded;
}
