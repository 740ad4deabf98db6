namespace OctoWorkers;

/// <summary>What can be defined in files.</summary>
public enum DefinitionKind
{
    /// <summary>An environment.</summary>
    Environment,

    /// <summary>A worker pool.</summary>
    Pool,

    /// <summary>A machine policy.</summary>
    MachinePolicy,

    /// <summary>A worker.</summary>
    Worker,

    /// <summary>A deployment target.</summary>
    Target,

    /// <summary>A feed of packages.</summary>
    Feed,

    /// <summary>A tenant.</summary>
    Tenant,

    /// <summary>A variable set.</summary>
    VariableSet,

    /// <summary>A script module.</summary>
    ScriptModule,

    /// <summary>A runbook.</summary>
    Runbook,
}
