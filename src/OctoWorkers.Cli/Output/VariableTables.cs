using System.Globalization;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Output;

/// <summary>Variables for people.</summary>
internal static class VariableTables
{
    /// <summary>What stands for a secret.</summary>
    internal const string Mask = "********";

    internal static TextTable Values(IReadOnlyList<(string Owner, VariableDefinition Variable)> values)
    {
        TextTable table = new("NAME", "VALUE", "SCOPE", "IN") { WhenEmpty = "There are no variables. Add one with 'octoworkers variable set'." };
        foreach ((string owner, VariableDefinition variable) in values)
        {
            table.Add(variable.Name, Value(variable), Scope(variable.Scope), owner);
        }

        return table;
    }

    internal static TextTable Prompts(IReadOnlyList<PromptedVariable> prompts)
    {
        TextTable table = new("ASKS FOR", "LABEL", "NEEDED", "CONTROL", "DEFAULT", "CHOICES");
        foreach (PromptedVariable prompt in prompts)
        {
            table.Add(
                prompt.Name, prompt.Label, prompt.Required ? "yes" : "no", prompt.Control.ToString(), prompt.Default,
                Words.List([.. prompt.Options.Select(option => option.Value)]));
        }

        return table;
    }

    internal static TextTable Outputs(RunDetails details)
    {
        TextTable table = new("#", "OUTPUT", "VALUE");
        foreach (OutputVariableSet output in details.Outputs)
        {
            table.Add(
                output.Step.ToString(CultureInfo.InvariantCulture), output.Machine is null ? output.Name : $"{output.Name} [{output.Machine}]",
                output.Sealed is null ? output.Value : Mask);
        }

        return table;
    }

    private static Cell Value(VariableDefinition variable) => variable.Kind switch
    {
        VariableKind.Sensitive => new Cell(Mask, Tone.Faint),
        VariableKind.WorkerPool => $"pool {variable.Value}",
        _ => variable.Value,
    };

    private static string Scope(VariableScope scope) => VariableValues.Describe(scope);
}
