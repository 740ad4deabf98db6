namespace OctoWorkers;

/// <summary>A runbook of the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Definition">What it does, as last defined.</param>
/// <param name="Changed">When it was last defined.</param>
public sealed record RunbookRecord(RunbookId Id, RunbookDefinition Definition, DateTimeOffset Changed)
{
    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Definition.Name;
}
