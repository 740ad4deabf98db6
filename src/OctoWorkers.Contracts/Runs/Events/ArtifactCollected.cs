namespace OctoWorkers;

/// <summary>An announced artifact was brought from the worker, or could not be.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Number">The number under which it was announced.</param>
/// <param name="Length">Its length in bytes; null when it could not be collected.</param>
/// <param name="Error">Why it could not; null when it was.</param>
public sealed record ArtifactCollected(int Step, int Attempt, int Number, long? Length, string? Error) : RunEvent;
