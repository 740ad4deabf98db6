namespace OctoWorkers.Engine.Definitions;

/// <summary>What a definition refers to by name.</summary>
public enum ReferenceKind
{
    /// <summary>An environment, named by a runbook or a step.</summary>
    Environment,
    /// <summary>A worker pool, named by a worker or a step.</summary>
    WorkerPool,
    /// <summary>A runbook, named by a step that runs it.</summary>
    Runbook,
}
