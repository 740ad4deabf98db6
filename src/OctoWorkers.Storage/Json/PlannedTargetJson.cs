using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A deployment target that a plan chose for a step.</summary>
internal static class PlannedTargetJson
{
    internal static void Write(JsonTextWriter json, PlannedTarget target)
    {
        json.WriteStartObject();
        json.Put("number", target.Number);
        json.Put("target", target.Target.Number);
        json.Put("name", target.Name);
        json.PutAll("tags", target.Tags);
        json.Put("skipsUnavailable", target.SkipsUnavailable);
        json.Put("bypassDeploymentMutex", target.BypassDeploymentMutex);
        json.WriteEndObject();
    }

    internal static PlannedTarget Read(JToken json)
        => new(json.Int("number"), new(json.Number("target")), json.Text("name"), json.Texts("tags"))
        {
            SkipsUnavailable = json.Flag("skipsUnavailable"), BypassDeploymentMutex = json.Flag("bypassDeploymentMutex"),
        };
}
