namespace OctoWorkers.Engine.Variables;

/// <summary>Where a value comes from, highest first (semantics, section 5).</summary>
public enum VariableSource
{
    /// <summary>Given when the run was created: prompted, or beside what the runbook asks for.</summary>
    Given,

    /// <summary>Set by a step of the run.</summary>
    Output,

    /// <summary>Of the runbook.</summary>
    Runbook,

    /// <summary>Of a variable set.</summary>
    VariableSet,

    /// <summary>Of the engine.</summary>
    System,
}
