namespace OctoWorkers.Engine.Definitions;

/// <summary>What a definition refers to by name.</summary>
public enum ReferenceKind
{
    /// <summary>An environment, named by a runbook, a step or a scope.</summary>
    Environment,

    /// <summary>A worker pool, named by a worker, a step or a variable.</summary>
    WorkerPool,

    /// <summary>A machine policy, named by a worker.</summary>
    MachinePolicy,

    /// <summary>A runbook, named by a step that runs it or a scope.</summary>
    Runbook,

    /// <summary>A feed of packages, named by a step.</summary>
    Feed,

    /// <summary>A tenant, named by a scope or a deployment target.</summary>
    Tenant,

    /// <summary>A tag that some tenant has, named by a step, a scope or a deployment target.</summary>
    TenantTag,

    /// <summary>A tag that some deployment target has, named by a step.</summary>
    TargetTag,

    /// <summary>A worker or deployment target, named by a scope.</summary>
    Machine,

    /// <summary>A step of any runbook, named by a variable set's scope.</summary>
    Step,

    /// <summary>A variable set, named by a runbook.</summary>
    VariableSet,

    /// <summary>A script module, named by a step.</summary>
    ScriptModule,
}
