namespace OctoWorkers;

/// <summary>A run that retention does not keep, with the runs that its steps created: they are removed together or not at all.</summary>
/// <param name="Run">The run.</param>
/// <param name="Runbook">Name of its runbook.</param>
/// <param name="Environment">Name of its environment.</param>
/// <param name="Ended">When the last of them ended.</param>
/// <param name="Children">The runs that its steps created, and theirs; all have ended.</param>
/// <param name="Policy">The policy by which it is not kept.</param>
public sealed record ExpiredRun(RunId Run, string Runbook, string Environment, DateTimeOffset Ended, IReadOnlyList<RunId> Children, RetentionPolicy Policy)
{
    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Run.ToString();
}
