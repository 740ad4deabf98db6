using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>What a run waits for.</summary>
internal static class WaitJson
{
    /// <summary>Null when there is none.</summary>
    internal static string? Write(IReadOnlyList<Wait> waits)
        => waits.Count == 0 ? null : JsonText.Write(waits, static (json, all) => json.WriteAll(all, Write));

    internal static IReadOnlyList<Wait> Read(string? text)
        => text is null ? [] : JsonText.Read(text, "what a run waits for", static json => (IReadOnlyList<Wait>)[.. json.Children().Select(Read)]);

    private static void Write(JsonTextWriter json, Wait wait)
    {
        json.WriteStartObject();
        json.Put("kind", wait.Kind);
        json.Put("what", wait.What);
        json.Put("since", wait.Since);
        json.Put("step", wait.Step);
        json.Put("part", wait.Part);
        json.PutAll("holders", wait.Holders, static (writer, holder) =>
        {
            writer.WriteStartObject();
            writer.Put("name", holder.Name);
            writer.Put("run", holder.Run?.Number);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static Wait Read(JToken json)
        => new(
            json.Enum<WaitKind>("kind"),
            json.Text("what"),
            json.Time("since"),
            json.All("holders", static holder => new WaitHolder(holder.Text("name"), holder.OptionalNumber("run") is { } run ? new RunId(run) : null)))
        {
            Step = json.OptionalInt("step"), Part = json.OptionalInt("part"),
        };
}
