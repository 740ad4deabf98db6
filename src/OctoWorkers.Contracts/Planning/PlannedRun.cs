namespace OctoWorkers;

/// <summary>The plan of a run that is not made.</summary>
/// <param name="Runbook">Name of its runbook.</param>
/// <param name="Environment">Name of its environment.</param>
/// <param name="StartedBy">The steps that lead to it, outermost first; empty for the run that was asked for.</param>
/// <param name="Plan">Its plan.</param>
public sealed record PlannedRun(string Runbook, string Environment, IReadOnlyList<string> StartedBy, RunPlan Plan)
{
    /// <summary>What the run would wait for if it were asked for now; empty when it would begin at once, and for runs that steps start.</summary>
    public IReadOnlyList<Wait> Waits { get; init; } = [];

    /// <summary>The name of its runbook.</summary>
    public override string ToString() => Runbook;
}
