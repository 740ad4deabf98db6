using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A prompted variable.</summary>
internal static class PromptJson
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> for a secret with a default, which nothing would encrypt.</exception>
    internal static void Write(JsonTextWriter json, PromptedVariable prompt)
    {
        json.WriteStartObject();
        json.Put("name", prompt.Name);
        json.Put("label", prompt.Label);
        json.Put("description", prompt.Description);
        json.Put("required", prompt.Required);
        json.Put("control", prompt.Control);
        json.PutAll("options", prompt.Options, static (writer, option) =>
        {
            writer.WriteStartObject();
            writer.Put("value", option.Value);
            writer.Put("label", option.Label);
            writer.WriteEndObject();
        });
        json.Put("default", prompt.Control == PromptControl.Sensitive && prompt.Default is not null ? throw NotSealed(prompt.Name) : prompt.Default);
        json.WriteEndObject();
    }

    internal static PromptedVariable Read(JToken json) => new(json.Text("name"))
    {
        Label = json.OptionalText("label"),
        Description = json.OptionalText("description") ?? "",
        Required = json.Flag("required"),
        Control = json.Enum<PromptControl>("control"),
        Options = json.All("options", static option => new PromptOption(option.Text("value"), option.Text("label"))),
        Default = json.OptionalText("default"),
    };

    private static OctoWorkersException NotSealed(string name)
        => new(EngineError.InvalidArgument, $"The prompted variable '{name}' is sensitive and has a default in the clear. Give it a sensitive value of its own instead.", name);
}
