namespace OctoWorkers.Engine.Runs;

/// <summary>What somebody asks for when starting a runbook.</summary>
/// <param name="Runbook">Name of the runbook.</param>
/// <param name="Environment">Name of the environment.</param>
public sealed record NewRun(string Runbook, string Environment)
{
    /// <summary>Whether the driver is to run it; false: this process does, for as long as it lives.</summary>
    public bool Detached { get; init; }

    /// <summary>Names of steps to leave out.</summary>
    public IReadOnlyList<string> SkippedSteps { get; init; } = [];

    /// <summary>Name of the tenant it is for; null: for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>Values given on the run, for the variables that the runbook prompts for and any others; unscoped. Sensitive ones need not be sealed.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    /// <summary>Its priority in the queue; null: that of the runbook's definition.</summary>
    public RunPriority? Priority { get; init; }

    /// <summary>How long it may stand in the queue; null: as long as the runbook's definition says.</summary>
    public TimeSpan? QueueExpiry { get; init; }

    /// <summary>Whether steps that fail ask a person; by default as the runbook or the environment says.</summary>
    public GuidedFailureMode GuidedFailure { get; init; }

    /// <summary>What becomes of it when deployment targets are not healthy; by default as the runbook or the machine policies say.</summary>
    public UnavailableTargets UnavailableTargets { get; init; }

    /// <summary>Made by the caller, so that asking twice gives the same run; null: never the same.</summary>
    public string? Token { get; init; }
}
