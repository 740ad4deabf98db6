namespace OctoWorkers;

/// <summary>A step set an output variable. Exactly one of the two values is there.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Machine">Name of the deployment target it ran for; null when it ran for none.</param>
/// <param name="Name">The variable's name, without the part that names the step.</param>
/// <param name="Value">The value; null when it is sensitive.</param>
/// <param name="Sealed">The sealed value; null when it is not sensitive.</param>
public sealed record OutputVariableSet(int Step, int Attempt, string? Machine, string Name, string? Value, SealedText? Sealed) : RunEvent;
