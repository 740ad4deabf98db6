namespace OctoWorkers.Engine.Runs;

/// <summary>What became of a step's condition.</summary>
/// <param name="IsTrue">Whether the step is to run.</param>
/// <param name="Error">Why it could not be evaluated, so that the step has failed; null when it could.</param>
internal sealed record ConditionTruth(bool IsTrue, string? Error);
