namespace OctoWorkers;

/// <summary>What can be defined in files.</summary>
public enum DefinitionKind
{
    /// <summary>An environment.</summary>
    Environment,

    /// <summary>A worker pool.</summary>
    Pool,

    /// <summary>A worker.</summary>
    Worker,

    /// <summary>A runbook.</summary>
    Runbook,
}
