namespace OctoWorkers;

/// <summary>Who has what a run waits for.</summary>
/// <param name="Name">In words: <c>RunbookRuns-7 (Backup in Production)</c>, or a person's name.</param>
/// <param name="Run">The run that has it; null when it is no run.</param>
public sealed record WaitHolder(string Name, RunId? Run = null)
{
    /// <summary>In words.</summary>
    public override string ToString() => Name;
}
