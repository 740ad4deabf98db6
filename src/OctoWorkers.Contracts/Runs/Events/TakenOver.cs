namespace OctoWorkers;

/// <summary>Another process drives the run from here on.</summary>
/// <param name="By">Which: machine and process id.</param>
public sealed record TakenOver(string By) : RunEvent;
