namespace OctoWorkers.Engine.Runs;

/// <summary>What somebody asks for when repeating a failed or canceled run.</summary>
/// <param name="Run">The run to repeat.</param>
public sealed record NewRerun(RunId Run)
{
    /// <summary>Whether the driver is to run it; false: this process does, for as long as it lives.</summary>
    public bool Detached { get; init; }

    /// <summary>Its priority in the queue; null: that of the run that it repeats.</summary>
    public RunPriority? Priority { get; init; }

    /// <summary>How long it may stand in the queue; null: as long as the run that it repeats.</summary>
    public TimeSpan? QueueExpiry { get; init; }

    /// <summary>Whether steps that fail ask a person; by default as in the run that it repeats.</summary>
    public GuidedFailureMode GuidedFailure { get; init; }

    /// <summary>Hears, a sentence at a time, what of the work that did not succeed the rerun leaves out, and why. Its log says so too.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
