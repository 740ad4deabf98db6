namespace OctoWorkers.Engine.Commands;

/// <summary>Which variables a command sees.</summary>
/// <param name="Environment">Name of the environment.</param>
public sealed record CommandScope(string Environment)
{
    /// <summary>Name of the tenant; null: none.</summary>
    public string? Tenant { get; init; }

    /// <summary>Names of variable sets; the default one is always there.</summary>
    public IReadOnlyList<string> VariableSets { get; init; } = [];

    /// <summary>Values given for this command; they win over all others.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];
}
