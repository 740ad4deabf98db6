namespace OctoWorkers;

/// <summary>The run waits for a person from here on: its leases and its slot are given back with this.</summary>
/// <param name="Number">The interruption's number in the run, from 1.</param>
/// <param name="Step">Number of the step that waits.</param>
/// <param name="StepName">The step's name.</param>
/// <param name="Kind">Why.</param>
/// <param name="Text">The instructions, or what went wrong.</param>
/// <param name="Responsible">The users who may answer; empty: anyone.</param>
/// <param name="Answers">What can be answered.</param>
public sealed record InterruptionRaised(
    int Number, int Step, string StepName, InterruptionKind Kind, string Text, IReadOnlyList<string> Responsible, IReadOnlyList<InterruptionAnswer> Answers) : RunEvent
{
    /// <summary>Name of the deployment target that the step failed for; null when it is about none.</summary>
    public string? Target { get; init; }

    /// <summary>What the part of the step for that target is called by in the journal; null likewise.</summary>
    public int? Part { get; init; }
}
