namespace OctoWorkers;

/// <summary>A file that a step kept, collected from its worker.</summary>
/// <param name="Run">The run.</param>
/// <param name="Number">Its number in the run: from 1, without gaps, in the order in which artifacts were collected.</param>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Name">Its name, secrets masked; not unique.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="At">When it was collected.</param>
public sealed record RunArtifact(RunId Run, int Number, int Step, int Attempt, string Name, long Length, DateTimeOffset At)
{
    /// <summary>Name of the deployment target that the step ran for; null when it is about none.</summary>
    public string? Target { get; init; }

    /// <summary>The number under which it was announced and is stored. Others may be missing: of files that could not be collected.</summary>
    public int StoredAs { get; init; } = Number;
}
