namespace OctoWorkers.Engine.Planning;

/// <summary>The deployment targets of one step.</summary>
/// <param name="Targets">Those that it runs for.</param>
/// <param name="Skipped">The others, grouped by reason.</param>
/// <param name="SkipReason">Why the step does not run at all; null when it does.</param>
internal sealed record TargetChoice(IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<SkippedWorkers> Skipped, string? SkipReason);
