namespace OctoWorkers;

/// <summary>A runbook in an environment, by their names: what retention counts runs of.</summary>
/// <param name="Runbook">Name of the runbook.</param>
/// <param name="Environment">Name of the environment.</param>
public readonly record struct RunKind(string Runbook, string Environment);
