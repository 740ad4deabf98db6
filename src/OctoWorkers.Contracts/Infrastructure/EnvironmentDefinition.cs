namespace OctoWorkers;

/// <summary>A stage that runbooks run in: Development, Production.</summary>
public sealed record EnvironmentDefinition
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public EnvironmentDefinition(string name) => Name = EntityName.Require(name, "environment");

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";

    /// <summary>Which ended runs in it are kept, where their runbook has no policy of its own.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>Whether steps that fail in it ask a person, where neither the run nor the runbook says so.</summary>
    public GuidedFailureMode GuidedFailure { get; init; }
}
