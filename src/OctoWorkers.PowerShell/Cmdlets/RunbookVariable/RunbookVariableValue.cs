using OctoWorkers.Engine.Variables;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>One value of a variable, as it may be shown.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">The value: text, or a pool's name; of a secret eight stars.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Set">Name of the variable set that has it; null when a runbook has it.</param>
/// <param name="Runbook">Name of the runbook that has it; null when a set has it.</param>
/// <param name="Scope">Where it applies.</param>
/// <param name="ScopeText">The same in words.</param>
/// <param name="Description">What it is for.</param>
public sealed record RunbookVariableValue(
    string Name, string Value, VariableKind Kind, string? Set, string? Runbook, VariableScope Scope, string ScopeText, string Description)
{
    private const string Masked = "********";

    /// <summary>Its name: what a value is where there is room for a word.</summary>
    public override string ToString() => Name;

    internal static RunbookVariableValue Of(VariableDefinition variable, string? set, string? runbook) => new(
        variable.Name, variable.Kind == VariableKind.Sensitive ? Masked : variable.Value ?? "", variable.Kind, set, runbook, variable.Scope,
        VariableValues.Describe(variable.Scope), variable.Description);
}
