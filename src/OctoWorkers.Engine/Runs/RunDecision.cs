namespace OctoWorkers.Engine.Runs;

/// <summary>Something that a run's state asks for now.</summary>
internal abstract record RunDecision
{
    /// <summary>A step will not run.</summary>
    public sealed record Skip(int Step, string Reason) : RunDecision;

    /// <summary>A step has failed without an attempt.</summary>
    public sealed record Fail(int Step, string Error) : RunDecision;

    /// <summary>An attempt of a step is to begin.</summary>
    public sealed record Begin(int Step, int Attempt) : RunDecision;

    /// <summary>An attempt under way is to be ended.</summary>
    public sealed record Stop(int Step, StopReason Reason) : RunDecision;

    /// <summary>A step that waits for a retry will not be retried.</summary>
    public sealed record GiveUpRetry(int Step, StepStatus Status) : RunDecision;

    /// <summary>A person is to be asked about a step.</summary>
    public sealed record Ask(int Step) : RunDecision;

    /// <summary>A step that waits for a person is not to wait any longer.</summary>
    public sealed record Close(int Step) : RunDecision;

    /// <summary>All parts of a step, one for each of its deployment targets, have ended.</summary>
    public sealed record Conclude(int Step) : RunDecision;

    /// <summary>The run has nothing left to do.</summary>
    public sealed record End(RunStatus Status, string? Error) : RunDecision;
}
