namespace OctoWorkers.Engine.Workers;

/// <summary>What a health script found.</summary>
/// <param name="Status">Healthy, with warnings, or unhealthy.</param>
/// <param name="Message">Why it is not healthy; empty when it is.</param>
internal sealed record HealthVerdict(HealthStatus Status, string Message);
