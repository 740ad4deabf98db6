namespace OctoWorkers;

/// <summary>An environment of the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
public sealed record EnvironmentRecord(EnvironmentId Id, string Name, string Description)
{
    /// <summary>Which ended runs in it are kept, where their runbook has no policy of its own.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>Whether steps that fail in it ask a person, where neither the run nor the runbook says so.</summary>
    public GuidedFailureMode GuidedFailure { get; init; }

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
