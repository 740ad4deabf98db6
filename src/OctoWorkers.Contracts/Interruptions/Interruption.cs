namespace OctoWorkers;

/// <summary>A run waits for a person, or did.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Why.</param>
/// <param name="Runbook">Name of the run's runbook.</param>
/// <param name="Environment">Name of the environment it runs in.</param>
/// <param name="Step">Number of the step that waits.</param>
/// <param name="StepName">The step's name.</param>
/// <param name="Text">The instructions, or what went wrong.</param>
/// <param name="Responsible">The users who may answer; empty: anyone.</param>
/// <param name="Answers">What can be answered.</param>
/// <param name="Raised">Since when it waits.</param>
public sealed record Interruption(
    InterruptionId Id,
    InterruptionKind Kind,
    string Runbook,
    string Environment,
    int Step,
    string StepName,
    string Text,
    IReadOnlyList<string> Responsible,
    IReadOnlyList<InterruptionAnswer> Answers,
    DateTimeOffset Raised)
{
    /// <summary>Name of the deployment target that the step failed for; null when it is about none.</summary>
    public string? Target { get; init; }

    /// <summary>The user who has taken responsibility; null: nobody has.</summary>
    public string? Assignee { get; init; }

    /// <summary>What was answered; null: nothing.</summary>
    public InterruptionAnswer? Answer { get; init; }

    /// <summary>Who answered; null: nobody.</summary>
    public Person? AnsweredBy { get; init; }

    /// <summary>When somebody answered; null: nobody has.</summary>
    public DateTimeOffset? Answered { get; init; }

    /// <summary>What the person noted with the answer, without the run's secrets; empty when nothing.</summary>
    public string Notes { get; init; } = "";

    /// <summary>When the run went on with the answer, or without one; null before that.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Where it stands.</summary>
    public InterruptionStatus Status
        => Answer is not null ? InterruptionStatus.Answered : Ended is null ? InterruptionStatus.Pending : InterruptionStatus.Ended;

    /// <summary>The run that waits.</summary>
    public RunId Run => Id.Run;

    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Id.ToString();
}
