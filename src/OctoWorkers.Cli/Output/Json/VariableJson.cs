using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Variables as JSON. The value of a sensitive one is null, in whatever form it is kept.</summary>
internal static class VariableJson
{
    internal static void Write(JsonTextWriter json, VariableDefinition variable)
    {
        json.WriteStartObject();
        Members(json, variable);
        json.WriteEndObject();
    }

    /// <summary>A value with where it stands.</summary>
    internal static void Write(JsonTextWriter json, (string Owner, VariableDefinition Variable) value)
    {
        json.WriteStartObject();
        json.Property("in", value.Owner);
        Members(json, value.Variable);
        json.WriteEndObject();
    }

    /// <summary>All of a set, tokens of secrets too: what tells two sets apart.</summary>
    internal static void Set(JsonTextWriter json, VariableSetDefinition set)
    {
        json.WriteStartObject();
        json.Property("name", set.Name);
        json.Property("description", set.Description);
        json.Array("variables", set.Variables, Write);
        json.Array("sealed", set.Variables.Select(variable => variable.Sealed?.Token ?? ""));
        json.WriteEndObject();
    }

    internal static void Prompt(JsonTextWriter json, PromptedVariable prompt)
    {
        json.WriteStartObject();
        json.Property("name", prompt.Name);
        json.Property("label", prompt.Label);
        json.Property("description", prompt.Description);
        json.Property("required", prompt.Required);
        json.Property("control", prompt.Control.ToString());
        json.Array("options", prompt.Options, static (json, option) =>
        {
            json.WriteStartObject();
            json.Property("value", option.Value);
            json.Property("label", option.Label);
            json.WriteEndObject();
        });
        json.Property("default", prompt.Default);
        json.WriteEndObject();
    }

    internal static void Output(JsonTextWriter json, OutputVariableSet output)
    {
        json.WriteStartObject();
        json.Property("step", output.Step);
        json.Property("machine", output.Machine);
        json.Property("name", output.Name);
        json.Property("value", output.Value);
        json.Property("sensitive", output.Sealed is not null);
        json.WriteEndObject();
    }

    internal static void Scope(JsonTextWriter json, VariableScope scope)
    {
        json.WritePropertyName("scope", escape: false);
        json.WriteStartObject();
        json.Array("environments", scope.Environments);
        json.Array("tenants", scope.Tenants);
        json.Array("tenantTags", scope.TenantTags);
        json.Array("targetTags", scope.TargetTags);
        json.Array("machines", scope.Machines);
        json.Array("runbooks", scope.Runbooks);
        json.Array("steps", scope.Steps);
        json.WriteEndObject();
    }

    private static void Members(JsonTextWriter json, VariableDefinition variable)
    {
        json.Property("name", variable.Name);
        json.Property("kind", variable.Kind.ToString());
        json.Property("value", variable.Kind == VariableKind.Sensitive ? null : variable.Value);
        json.Property("description", variable.Description);
        Scope(json, variable.Scope);
    }
}
