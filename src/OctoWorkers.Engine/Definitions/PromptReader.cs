using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads the variables that a runbook asks for.</summary>
internal sealed class PromptReader(ReadingContext context)
{
    private static readonly string[] Keys = ["name", "label", "description", "required", "control", "options", "default"];
    private static readonly string[] OptionKeys = ["value", "label"];

    private static readonly (string, PromptControl)[] Controls =
    [
        ("singleLine", PromptControl.SingleLine), ("multiLine", PromptControl.MultiLine), ("dropDown", PromptControl.DropDown),
        ("checkbox", PromptControl.Checkbox), ("sensitive", PromptControl.Sensitive),
    ];

    internal IReadOnlyList<PromptedVariable> Read(MappingReader runbook)
    {
        List<PromptedVariable> prompts = [];
        Dictionary<string, SourceLocation> names = new(EntityName.Comparer);
        foreach (YamlNode item in runbook.Items("prompts"))
        {
            if (Read(item, names) is { } prompt)
            {
                prompts.Add(prompt);
            }
        }

        return prompts;
    }

    private PromptedVariable? Read(YamlNode node, Dictionary<string, SourceLocation> names)
    {
        if (MappingReader.Open(node, "a prompt", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredText("name");
        if (name is not null && !names.TryAdd(name, mapping.ValueLocation("name")))
        {
            context.Problems.Add(mapping.ValueLocation("name"), $"two prompts are for the variable {FoundText.Quote(name)}; the other is at {names[name]}");
        }

        string? label = mapping.Text("label");
        string description = mapping.Text("description") ?? "";
        bool required = mapping.Flag("required");
        IReadOnlyList<PromptOption> options = ReadOptions(mapping);
        PromptControl control = mapping.Word("control", Controls) ?? (mapping.Has("options") ? PromptControl.DropDown : PromptControl.SingleLine);
        string? otherwise = mapping.Text("default");
        if ((control == PromptControl.DropDown) != mapping.Has("options"))
        {
            context.Problems.Add(
                mapping.Has("options") ? mapping.KeyLocation("options") : mapping.KeyLocation("control"),
                mapping.Has("options") ? "'options' are for a drop-down; leave 'control' out, or make it 'dropDown'" : "a drop-down needs 'options'");
        }
        else if (otherwise is not null && DefaultProblem(control, options, otherwise) is { } problem)
        {
            context.Problems.Add(mapping.ValueLocation("default"), $"'default': {problem}");
        }

        return name is null ? null : context.Problems.Try(mapping.ValueLocation("name"), () => new PromptedVariable(name)
        {
            Label = label, Description = description, Required = required, Control = control, Options = options, Default = otherwise,
        });
    }

    private static string? DefaultProblem(PromptControl control, IReadOnlyList<PromptOption> options, string otherwise) => control switch
    {
        PromptControl.Sensitive => "a secret has none here; give the runbook a sensitive variable of that name",
        PromptControl.DropDown when options.All(option => option.Value != otherwise)
            => $"{FoundText.Quote(otherwise)} is none of the options{NearestWord.Hint(otherwise, options.Select(option => option.Value))}",
        PromptControl.Checkbox when otherwise is not ("True" or "False" or "true" or "false") => $"a checkbox is true or false, found {FoundText.Quote(otherwise)}",
        _ => null,
    };

    private List<PromptOption> ReadOptions(MappingReader prompt)
    {
        List<PromptOption> options = [];
        foreach (YamlNode item in prompt.Items("options"))
        {
            PromptOption? option = null;
            if (item is YamlScalar)
            {
                option = ScalarValue.Text(item, "options", context.Problems) is { } text ? new(text, text) : null;
            }
            else if (MappingReader.Open(item, "an option", OptionKeys, context.Problems) is { } mapping)
            {
                string? label = mapping.Text("label");
                option = mapping.RequiredText("value") is { } value ? new(value, label ?? value) : null;
            }

            if (option is not null && options.Exists(other => other.Value == option.Value))
            {
                context.Problems.Add(item.Location, $"'options': {FoundText.Quote(option.Value)} is in the list twice");
            }
            else if (option is not null)
            {
                options.Add(option);
            }
        }

        return options;
    }
}
