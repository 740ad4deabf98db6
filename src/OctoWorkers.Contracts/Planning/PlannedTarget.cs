namespace OctoWorkers;

/// <summary>A deployment target that a plan chose for a step.</summary>
/// <param name="Number">
/// What its part of the step is called by in the run's journal: a number above those of the runbook's steps, its own in the run.
/// </param>
/// <param name="Target">The target.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Its tags when it was chosen.</param>
public sealed record PlannedTarget(int Number, DeploymentTargetId Target, string Name, IReadOnlyList<string> Tags)
{
    /// <summary>Whether it is left out, rather than failed, where it turns out not to be reachable.</summary>
    public bool SkipsUnavailable { get; init; }

    /// <summary>Whether steps share it where the variable <c>OctopusBypassDeploymentMutex</c> says nothing.</summary>
    public bool BypassDeploymentMutex { get; init; }

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
