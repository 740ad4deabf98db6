using OctoWorkers.Engine.Templates;

namespace OctoWorkers.Engine.Variables;

/// <summary>All variables of one step as texts, their secrets opened: in memory only, and only for as long as the step is being prepared.</summary>
internal sealed class StepVariables
{
    private readonly Lazy<TemplateValues> template;

    private StepVariables(Dictionary<string, string> values, HashSet<string> sensitive)
    {
        Values = values;
        Sensitive = sensitive;
        template = new(() => new TemplateValues(Values));
    }

    /// <summary>The same for the template language.</summary>
    internal TemplateValues Template => template.Value;

    /// <summary>The values by name, without regard to case.</summary>
    internal IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Names of the sensitive ones.</summary>
    internal IReadOnlySet<string> Sensitive { get; }

    /// <summary>Opens what was resolved.</summary>
    /// <param name="resolved">The winners.</param>
    /// <param name="open">Decrypts a secret.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/>.</exception>
    internal static StepVariables Open(IEnumerable<ResolvedVariable> resolved, Func<SealedText, string> open)
    {
        Dictionary<string, string> values = new(EntityName.Comparer);
        HashSet<string> sensitive = new(EntityName.Comparer);
        foreach (ResolvedVariable variable in resolved)
        {
            VariableDefinition definition = variable.Winner.Definition;
            values[definition.Name] = definition.Sealed is { } secret ? open(secret) : definition.Value ?? "";
            if (definition.Kind == VariableKind.Sensitive)
            {
                sensitive.Add(definition.Name);
            }
        }

        return new(values, sensitive);
    }
}
