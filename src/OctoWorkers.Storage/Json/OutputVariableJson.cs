using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>An output variable: an event of the journal, and part of the request of a run that repeats another.</summary>
internal static class OutputVariableJson
{
    internal static void Members(JsonTextWriter json, OutputVariableSet output)
    {
        json.Put("step", output.Step);
        json.Put("attempt", output.Attempt);
        json.Put("machine", output.Machine);
        json.Put("name", output.Name);
        json.Put("value", output.Value);
        json.Put("sealed", output.Sealed?.Token);
    }

    internal static OutputVariableSet Read(JToken json, DateTimeOffset at)
        => new(
            json.Int("step"),
            json.Int("attempt"),
            json.OptionalText("machine"),
            json.Text("name"),
            json.OptionalText("value"),
            json.OptionalText("sealed") is { } token ? new SealedText(token) : null) { At = at };

    /// <summary>With the time, which an event has beside its other properties.</summary>
    internal static void WriteWhole(JsonTextWriter json, OutputVariableSet output)
    {
        json.WriteStartObject();
        json.Put("at", output.At);
        Members(json, output);
        json.WriteEndObject();
    }

    internal static OutputVariableSet ReadWhole(JToken json) => Read(json, json.Time("at"));
}
