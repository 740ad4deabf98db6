namespace OctoWorkers;

/// <summary>A script asked for a value to be masked in the run's log from here on.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Sealed">The sealed value.</param>
public sealed record SecretRegistered(int Step, int Attempt, SealedText Sealed) : RunEvent;
