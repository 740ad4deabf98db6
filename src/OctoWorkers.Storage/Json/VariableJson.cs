using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>One value of a variable. A secret that is not sealed is never written, wherever the value is part of.</summary>
internal static class VariableJson
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> for a secret that is not sealed.</exception>
    internal static void Write(JsonTextWriter json, VariableDefinition variable)
    {
        json.WriteStartObject();
        json.Put("name", variable.Name);
        json.Put("kind", variable.Kind);
        if (variable.Kind == VariableKind.Sensitive)
        {
            json.Put("sealed", variable.Sealed is { } secret ? secret.Token : throw NotSealed(variable.Name));
        }
        else
        {
            json.Put("value", variable.Value);
        }

        if (variable.Description.Length > 0)
        {
            json.Put("description", variable.Description);
        }

        WriteScope(json, variable.Scope);
        json.WriteEndObject();
    }

    internal static VariableDefinition Read(JToken json)
    {
        string name = json.Text("name");
        VariableDefinition value = json.Enum<VariableKind>("kind") switch
        {
            VariableKind.Sensitive => VariableDefinition.Sensitive(name, new SealedText(json.Text("sealed"))),
            VariableKind.WorkerPool => VariableDefinition.WorkerPool(name, json.Text("value")),
            _ => VariableDefinition.Kept(name, json.Text("value")),
        };
        return value with { Description = json.OptionalText("description") ?? "", Scope = json.Optional("scope", ReadScope) ?? VariableScope.Unscoped };
    }

    private static OctoWorkersException NotSealed(string name)
        => new(EngineError.InvalidArgument, $"The value of the sensitive variable '{name}' is not encrypted, and the store keeps no other. Seal it first.", name);

    private static void WriteScope(JsonTextWriter json, VariableScope scope)
    {
        (string Name, IReadOnlyList<string> Words)[] kinds =
        [
            ("steps", scope.Steps), ("machines", scope.Machines), ("targetTags", scope.TargetTags), ("tenants", scope.Tenants),
            ("tenantTags", scope.TenantTags), ("environments", scope.Environments), ("runbooks", scope.Runbooks),
        ];
        if (kinds.All(kind => kind.Words.Count == 0))
        {
            return;
        }

        json.WritePropertyName("scope");
        json.WriteStartObject();
        foreach ((string name, IReadOnlyList<string> words) in kinds)
        {
            if (words.Count > 0)
            {
                json.PutAll(name, words);
            }
        }

        json.WriteEndObject();
    }

    private static VariableScope ReadScope(JToken json) => new()
    {
        Steps = json.Texts("steps"),
        Machines = json.Texts("machines"),
        TargetTags = json.Texts("targetTags"),
        Tenants = json.Texts("tenants"),
        TenantTags = json.Texts("tenantTags"),
        Environments = json.Texts("environments"),
        Runbooks = json.Texts("runbooks"),
    };
}
