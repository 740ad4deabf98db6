using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Writes variables and what is prompted for.</summary>
internal static class VariableWriter
{
    private const string SecretPrefix = "OCTOWORKERS_SECRET_";

    internal static void Write(YamlTreeWriter yaml, VariableDefinition variable)
    {
        yaml.Member("name", variable.Name);
        switch (variable.Kind)
        {
            case VariableKind.Sensitive:
                yaml.Member("sensitive", true, unless: false);
                yaml.Member("valueFromEnvironment", EnvironmentName(variable.Name));
                break;
            case VariableKind.WorkerPool:
                yaml.Member("pool", variable.Value);
                break;
            default:
                yaml.Member("value", variable.Value);
                break;
        }

        yaml.Member("description", variable.Description, unless: "");
        if (Kinds(variable.Scope).Any(kind => kind.Names.Count > 0))
        {
            yaml.Key("scope");
            yaml.Mapping(() =>
            {
                foreach ((string key, IReadOnlyList<string> names) in Kinds(variable.Scope))
                {
                    yaml.Member(key, names);
                }
            });
        }
    }

    internal static void Write(YamlTreeWriter yaml, PromptedVariable prompt)
    {
        yaml.Member("name", prompt.Name);
        yaml.Member("label", prompt.Label);
        yaml.Member("description", prompt.Description, unless: "");
        yaml.Member("required", prompt.Required, unless: false);
        yaml.Member("control", prompt.Control switch
        {
            PromptControl.MultiLine => "multiLine",
            PromptControl.DropDown => "dropDown",
            PromptControl.Checkbox => "checkbox",
            PromptControl.Sensitive => "sensitive",
            _ => null,
        });
        yaml.Member("options", prompt.Options, option => yaml.Mapping(() =>
        {
            yaml.Member("value", option.Value);
            yaml.Member("label", option.Label);
        }));
        yaml.Member("default", prompt.Default);
    }

    private static string EnvironmentName(string variable)
        => SecretPrefix + string.Concat(variable.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static (string Key, IReadOnlyList<string> Names)[] Kinds(VariableScope scope) =>
    [
        ("steps", scope.Steps), ("machines", scope.Machines), ("targetTags", scope.TargetTags), ("tenants", scope.Tenants),
        ("tenantTags", scope.TenantTags), ("environments", scope.Environments), ("runbooks", scope.Runbooks),
    ];
}
