using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A script module.</summary>
internal static class ScriptModuleJson
{
    internal static string Write(ScriptModule module) => JsonText.Write(module, Write);

    internal static ScriptModule Read(string text) => JsonText.Read(text, "a script module", Read);

    internal static void Write(JsonTextWriter json, ScriptModule module)
    {
        json.WriteStartObject();
        json.Put("name", module.Name);
        json.Put("description", module.Description);
        json.Put("syntax", module.Syntax);
        json.Put("body", module.Body);
        json.WriteEndObject();
    }

    internal static ScriptModule Read(JToken json)
        => new(json.Text("name"), json.Enum<ScriptSyntax>("syntax"), json.Text("body")) { Description = json.OptionalText("description") ?? "" };
}
