using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>The values given on a run: checked against what the runbook prompts for, completed with defaults, and sealed.</summary>
internal static class GivenValues
{
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.PromptedValueInvalid"/> when a value is missing, is none of the choices, or comes twice: it names the variable, and no secret.
    /// </exception>
    public static IReadOnlyList<VariableDefinition> Of(
        RunbookDefinition runbook, IEnumerable<VariableSetDefinition> sets, IReadOnlyList<VariableDefinition> given, ISecretProtector secrets, bool isPreview)
    {
        // What is a secret elsewhere is not kept in the clear because it is given here.
        HashSet<string> sensitive = new(
            runbook.Variables.Concat(sets.SelectMany(set => set.Variables)).Where(value => value.Kind == VariableKind.Sensitive).Select(value => value.Name)
                .Concat(runbook.Prompts.Where(prompt => prompt.Control == PromptControl.Sensitive).Select(prompt => prompt.Name)),
            EntityName.Comparer);
        Dictionary<string, VariableDefinition> byName = new(EntityName.Comparer);
        foreach (VariableDefinition value in given)
        {
            if (!byName.TryAdd(value.Name, value))
            {
                throw Invalid(value.Name, $"Variable {FoundText.Quote(value.Name)} is given twice. Give it one value.");
            }
        }

        List<VariableDefinition> values = [];
        foreach (PromptedVariable prompt in runbook.Prompts)
        {
            byName.Remove(prompt.Name, out VariableDefinition? value);
            value ??= prompt.Default is { } otherwise ? VariableDefinition.Text(prompt.Name, otherwise) : null;
            if (!isPreview && prompt.Required && (value is null || (value.Sealed is null && string.IsNullOrEmpty(value.Value))))
            {
                throw new MissingValueException(runbook.Name, prompt, isEmpty: value is not null);
            }

            if (value is not null)
            {
                values.Add(Fitting(prompt, value));
            }
        }

        return [.. values.Concat(given.Where(value => byName.ContainsKey(value.Name)))
            .Select(value => value is { Kind: VariableKind.Text, Value: { Length: > 0 } secret } && sensitive.Contains(value.Name)
                ? VariableDefinition.Sensitive(value.Name, secrets.Seal(secret))
                : value.Seal(secrets.Seal))];
    }

    private static VariableDefinition Fitting(PromptedVariable prompt, VariableDefinition value)
    {
        if (value.Value is not { } text)
        {
            return value;
        }

        if (prompt.Control == PromptControl.DropDown && (text.Length > 0 || prompt.Required) && prompt.Options.All(option => option.Value != text))
        {
            string choices = string.Join(", ", prompt.Options.Select(option => FoundText.Quote(option.Value)));
            string hint = value.Kind == VariableKind.Sensitive ? "" : NearestWord.Hint(text, prompt.Options.Select(option => option.Value));
            throw Invalid(
                prompt.Name,
                $"Variable {FoundText.Quote(prompt.Name)} may be {choices}{(value.Kind == VariableKind.Sensitive ? "" : $", not {FoundText.Quote(text)}")}{(hint.Length > 0 ? hint : ".")}");
        }

        if (prompt.Control == PromptControl.Checkbox)
        {
            return text.Equals("true", StringComparison.OrdinalIgnoreCase) ? VariableDefinition.Text(prompt.Name, "True")
                : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? VariableDefinition.Text(prompt.Name, "False")
                : throw Invalid(prompt.Name, $"Variable {FoundText.Quote(prompt.Name)} may be True or False{(value.Kind == VariableKind.Sensitive ? "" : $", not {FoundText.Quote(text)}")}.");
        }

        return prompt.Control == PromptControl.SingleLine && text.AsSpan().IndexOfAny('\r', '\n') >= 0
            ? throw Invalid(prompt.Name, $"Variable {FoundText.Quote(prompt.Name)} takes one line of text, and several were given.")
            : value;
    }

    private static OctoWorkersException Invalid(string name, string message) => new(EngineError.PromptedValueInvalid, message, name);
}
