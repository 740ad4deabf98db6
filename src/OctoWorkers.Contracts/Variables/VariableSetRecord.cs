namespace OctoWorkers;

/// <summary>A variable set as the store has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Definition">What it holds; every secret in it is sealed.</param>
public sealed record VariableSetRecord(VariableSetId Id, VariableSetDefinition Definition);
