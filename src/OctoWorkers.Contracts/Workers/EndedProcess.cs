namespace OctoWorkers;

/// <summary>A process that was ended, or that resisted.</summary>
/// <param name="ProcessId">Its process id on the worker.</param>
/// <param name="Name">Its name; "?" where it could not be read.</param>
/// <param name="Signal">The last signal sent: TERM or KILL.</param>
public sealed record EndedProcess(int ProcessId, string Name, string Signal);
