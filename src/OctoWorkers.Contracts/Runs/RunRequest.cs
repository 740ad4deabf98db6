namespace OctoWorkers;

/// <summary>What is asked for when a run is created.</summary>
/// <param name="Runbook">The runbook's id.</param>
/// <param name="Snapshot">The runbook as it stands now; the run keeps this, whatever becomes of the runbook.</param>
/// <param name="Environment">The environment to run in.</param>
public sealed record RunRequest(RunbookId Runbook, RunbookDefinition Snapshot, EnvironmentRecord Environment)
{
    /// <summary>Who asked: the operating system's user.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Made by the caller: creating twice with the same token gives the same run. Null: never the same.</summary>
    public string? Token { get; init; }

    /// <summary>The run whose step asked for this one; null for a run that a person or schedule asked for.</summary>
    public RunId? Parent { get; init; }

    /// <summary>The number of that step; null when there is no parent.</summary>
    public int? ParentStep { get; init; }

    /// <summary>Whether the parent's step waits for it.</summary>
    public bool ParentWaits { get; init; }

    /// <summary>How many runs stand above this one; 0 for a run without a parent.</summary>
    public int Depth { get; init; }

    /// <summary>The run that this one repeats from its failed step on; null when it repeats none.</summary>
    public RunId? RerunOf { get; init; }

    /// <summary>Its priority in the queue.</summary>
    public RunPriority Priority { get; init; }

    /// <summary>Runs with the same tag, compared without case, never run at the same time; null: it runs beside all others.</summary>
    public string? ConcurrencyTag { get; init; }

    /// <summary>How long it may stand in the queue before it ends as <see cref="RunStatus.TimedOut"/>; null: as long as it takes.</summary>
    public TimeSpan? QueueExpiry { get; init; }

    /// <summary>Whether a step that failed asks a person: what run, runbook and environment came to when it was created.</summary>
    public bool GuidedFailure { get; init; }

    /// <summary>What becomes of it when deployment targets are not healthy: what run and runbook came to; <see cref="UnavailableTargets.Default"/>: the machine policies say.</summary>
    public UnavailableTargets UnavailableTargets { get; init; }

    /// <summary>Names of deployment targets that steps are not to run for again, by the numbers of the steps: they succeeded in the run that this one repeats.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> SucceededTargets { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>
    /// What did not succeed in the run that this one repeats, and is to do now: the numbers of the steps, each with the names of the deployment targets that it is left to do for;
    /// none for a step that is not about any.
    /// </summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Unfinished { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>Names of deployment targets that it leaves out: a person excluded them from the run that this one repeats.</summary>
    public IReadOnlyList<string> ExcludedTargets { get; init; } = [];

    /// <summary>Numbers of the steps that are not to run, with the reason of each.</summary>
    public IReadOnlyDictionary<int, string> SkippedSteps { get; init; } = new Dictionary<int, string>();

    /// <summary>The tenant it is for; null: for none.</summary>
    public TenantRecord? Tenant { get; init; }

    /// <summary>Values given on this run, unscoped and sealed: prompted variables and whatever else was set for it.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    /// <summary>The variable sets as they stood when it was created.</summary>
    public IReadOnlyList<VariableSetRecord> VariableSets { get; init; } = [];

    /// <summary>The script modules as they stood when it was created.</summary>
    public IReadOnlyList<ScriptModule> Modules { get; init; } = [];

    /// <summary>
    /// Versions of packages that were chosen before: by the run whose step asked for this one, or by the one that it repeats. A reference that names no version takes these.
    /// </summary>
    public IReadOnlyList<PackageReference> PackageVersions { get; init; } = [];

    /// <summary>Output variables of the run that this one repeats, of the steps that do not run again.</summary>
    public IReadOnlyList<OutputVariableSet> Outputs { get; init; } = [];
}
