namespace OctoWorkers.Engine.Journal;

/// <summary>What a person answers.</summary>
/// <param name="Id">The interruption.</param>
/// <param name="Answer">The answer.</param>
/// <param name="By">Who.</param>
/// <param name="Notes">What the person noted, without secrets; may be empty.</param>
public sealed record InterruptionReply(InterruptionId Id, InterruptionAnswer Answer, Person By, string Notes);
