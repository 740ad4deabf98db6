namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's journal says of one step, or of the part of a step that is for one deployment target.</summary>
internal sealed record StepState(int Number, StepDefinition Definition)
{
    /// <summary>The deployment target that this part of a step is for; null for a step as a whole.</summary>
    public PlannedTarget? Target { get; init; }

    /// <summary>The number of the runbook's step that this is, or is a part of.</summary>
    public int Of { get; init; } = Number;

    /// <summary>Whether it only sums up its parts, one for each of its deployment targets.</summary>
    public bool HasParts => Definition.Targets is not null && Target is null;

    public StepStatus Status { get; init; } = StepStatus.Pending;

    public IReadOnlyList<AttemptDetails> Attempts { get; init; } = [];

    public RunId? Child { get; init; }

    /// <summary>When the next attempt may start; null when none is due.</summary>
    public DateTimeOffset? RetryDue { get; init; }

    /// <summary>Whether its latest attempt began after the run was told to stop: such an attempt only ends on a second cancel.</summary>
    public bool BeganAfterStop { get; init; }

    /// <summary>What its latest attempt says that its outcome means; null when it has not said anything.</summary>
    public string? ResultMessage { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public string? Error { get; init; }

    /// <summary>Its failure, when a person is to say whether that counts; null otherwise.</summary>
    public HeldFailure? Held { get; init; }

    /// <summary>Whether a person asked for another attempt, which has not begun.</summary>
    public bool RetryAsked { get; init; }

    /// <summary>Whether something of it is under way or due, rather than waiting for a person.</summary>
    public bool IsBusy => Status == StepStatus.Running && Held is null && !HasParts && Definition.Action is not ManualAction;

    public bool HasEnded => Status is not (StepStatus.Pending or StepStatus.Running);

    /// <summary>Its number and name, with its deployment target: <c>Step 2 'Deploy' for 'web-1'</c>.</summary>
    public string Words => $"Step {Of} '{Definition.Name}'{(Target is null ? "" : $" for '{Target.Name}'")}";

    public AttemptDetails? ActiveAttempt => Attempts.Count > 0 && Attempts[^1].Outcome is null ? Attempts[^1] : null;

    /// <summary>When the run that it waits for has taken too long; null when it waits for none, or as long as that takes.</summary>
    public DateTimeOffset? ChildDue
        => Definition.Action is RunRunbookAction && ActiveAttempt is { } active && Definition.Timeout is { } length ? active.Started + length : null;

    /// <summary>Whether it counts as a failure for the steps after it and for the run.</summary>
    public bool Spoils => Status is StepStatus.Failed or StepStatus.Unknown;
}
