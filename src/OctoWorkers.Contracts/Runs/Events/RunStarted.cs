namespace OctoWorkers;

/// <summary>The run got a task slot and is executing.</summary>
public sealed record RunStarted : RunEvent;
