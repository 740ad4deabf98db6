namespace OctoWorkers;

/// <summary>A deployment target is left out of the rest of the run.</summary>
/// <param name="Target">The target.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why, in words that follow "was left out of the run:".</param>
public sealed record TargetExcluded(DeploymentTargetId Target, string Name, string Reason) : RunEvent;
