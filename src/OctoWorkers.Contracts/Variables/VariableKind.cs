namespace OctoWorkers;

/// <summary>What a variable's value is.</summary>
public enum VariableKind
{
    /// <summary>Text, shown as it is.</summary>
    Text,

    /// <summary>Text that is encrypted at rest, masked in logs and never shown.</summary>
    Sensitive,

    /// <summary>The name of a worker pool, for the steps that draw their worker by this variable.</summary>
    WorkerPool,
}
