namespace OctoWorkers;

/// <summary>The run's driver has heard what a person answered.</summary>
/// <param name="Number">The interruption's number in the run.</param>
/// <param name="Answer">The answer.</param>
/// <param name="By">Who answered.</param>
/// <param name="Notes">What the person noted; may be empty.</param>
public sealed record InterruptionAnswered(int Number, InterruptionAnswer Answer, Person By, string Notes) : RunEvent;
