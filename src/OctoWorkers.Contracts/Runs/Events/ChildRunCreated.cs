namespace OctoWorkers;

/// <summary>A run-a-runbook step has created its run; stored together with that run.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Child">The run created.</param>
/// <param name="Wait">Whether the step waits for it.</param>
public sealed record ChildRunCreated(int Step, RunId Child, bool Wait) : RunEvent;
