namespace OctoWorkers;

/// <summary>A script said how far it is.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Percentage">0 to 100.</param>
/// <param name="Message">What it is doing, secrets masked; may be empty.</param>
public sealed record ProgressReported(int Step, int Attempt, int Percentage, string Message) : RunEvent;
