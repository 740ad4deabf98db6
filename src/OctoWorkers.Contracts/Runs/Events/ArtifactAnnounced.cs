namespace OctoWorkers;

/// <summary>A script asked for a file to be kept: the intent to collect it before the step ends.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Number">The number under which it is stored, from 1, unique in the run.</param>
/// <param name="Name">Its name, secrets masked.</param>
/// <param name="Path">The file on the worker, sealed: absolute, or below the step's working directory.</param>
public sealed record ArtifactAnnounced(int Step, int Attempt, int Number, string Name, SealedText Path) : RunEvent;
