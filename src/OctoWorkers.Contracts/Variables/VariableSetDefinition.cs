namespace OctoWorkers;

/// <summary>Variables that several runbooks share.</summary>
public sealed record VariableSetDefinition
{
    /// <summary>The set that every runbook includes without naming it. It always exists.</summary>
    public const string DefaultName = "Default";

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variables">Its values, in order.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public VariableSetDefinition(string name, IEnumerable<VariableDefinition> variables)
    {
        Name = EntityName.Require(name, "variable set");
        Variables = [.. variables];
    }

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>Its values, in order.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";
}
