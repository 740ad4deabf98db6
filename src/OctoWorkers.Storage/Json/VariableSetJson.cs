using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A variable set: its definition, and as a run keeps it.</summary>
internal static class VariableSetJson
{
    internal static string Write(VariableSetDefinition set) => JsonText.Write(set, static (json, value) =>
    {
        json.WriteStartObject();
        Members(json, value);
        json.WriteEndObject();
    });

    internal static VariableSetDefinition Read(string text)
        => KnownTexts<VariableSetDefinition>.Read(text, static unknown => JsonText.Read(unknown, "a variable set", Definition));

    internal static void WriteRecord(JsonTextWriter json, VariableSetRecord set)
    {
        json.WriteStartObject();
        json.Put("id", set.Id.Number);
        Members(json, set.Definition);
        json.WriteEndObject();
    }

    internal static VariableSetRecord ReadRecord(JToken json) => new(new(json.Number("id")), Definition(json));

    private static void Members(JsonTextWriter json, VariableSetDefinition set)
    {
        json.Put("name", set.Name);
        json.Put("description", set.Description);
        json.PutAll("variables", set.Variables, VariableJson.Write);
    }

    private static VariableSetDefinition Definition(JToken json)
        => new(json.Text("name"), json.All("variables", VariableJson.Read)) { Description = json.OptionalText("description") ?? "" };
}
