using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Artifacts as JSON.</summary>
internal static class ArtifactJson
{
    internal static void Write(JsonTextWriter json, RunArtifact artifact)
    {
        json.WriteStartObject();
        json.Property("run", artifact.Run.ToString());
        json.Property("number", artifact.Number);
        json.Property("step", artifact.Step);
        json.Property("target", artifact.Target);
        json.Property("attempt", artifact.Attempt);
        json.Property("name", artifact.Name);
        json.Property("length", artifact.Length);
        json.Property("at", artifact.At);
        json.WriteEndObject();
    }
}
