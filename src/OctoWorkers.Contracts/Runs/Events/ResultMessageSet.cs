namespace OctoWorkers;

/// <summary>A script said what its outcome means, as <c>fail_step</c> does.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Message">The words, secrets masked.</param>
public sealed record ResultMessageSet(int Step, int Attempt, string Message) : RunEvent;
