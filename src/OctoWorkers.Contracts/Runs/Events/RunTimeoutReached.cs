namespace OctoWorkers;

/// <summary>The run has taken longer than it may; what runs is being ended.</summary>
public sealed record RunTimeoutReached : RunEvent;
