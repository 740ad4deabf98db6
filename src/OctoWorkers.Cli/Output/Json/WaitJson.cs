using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>What runs wait for, as JSON.</summary>
internal static class WaitJson
{
    internal static void Write(JsonTextWriter json, Wait wait)
    {
        json.WriteStartObject();
        json.Property("kind", wait.Kind.ToString());
        json.Property("what", wait.What);
        json.Property("since", wait.Since);
        json.Property("step", wait.Step);
        json.Array("holders", wait.Holders, static (json, holder) =>
        {
            json.WriteStartObject();
            json.Property("name", holder.Name);
            json.Property("run", holder.Run?.ToString());
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }
}
