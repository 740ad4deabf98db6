namespace OctoWorkers;

/// <summary>A machine policy as the store has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Definition">What it says.</param>
public sealed record MachinePolicyRecord(MachinePolicyId Id, MachinePolicyDefinition Definition)
{
    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Definition.Name;
}
