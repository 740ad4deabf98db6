using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>The events that scripts cause by what they print.</summary>
internal static class OutputEventJson
{
    internal static void WriteProperties(JsonTextWriter json, RunEvent happened)
    {
        switch (happened)
        {
            case OutputVariableSet set:
                PutOrigin(json, set.Step, set.Attempt);
                json.Put("machine", set.Machine);
                json.Put("name", set.Name);
                json.Put("value", set.Value);
                json.Put("sealed", set.Sealed?.Token);
                break;
            case SecretRegistered registered:
                PutOrigin(json, registered.Step, registered.Attempt);
                json.Put("sealed", registered.Sealed.Token);
                break;
            case ArtifactAnnounced announced:
                PutOrigin(json, announced.Step, announced.Attempt);
                json.Put("number", announced.Number);
                json.Put("name", announced.Name);
                json.Put("path", announced.Path.Token);
                break;
            case ArtifactCollected collected:
                PutOrigin(json, collected.Step, collected.Attempt);
                json.Put("number", collected.Number);
                json.Put("length", collected.Length);
                json.Put("error", collected.Error);
                break;
            case ProgressReported progress:
                PutOrigin(json, progress.Step, progress.Attempt);
                json.Put("percentage", progress.Percentage);
                json.Put("message", progress.Message);
                break;
            case ResultMessageSet result:
                PutOrigin(json, result.Step, result.Attempt);
                json.Put("message", result.Message);
                break;
        }
    }

    /// <summary>Null for another kind.</summary>
    internal static RunEvent? Read(string kind, DateTimeOffset at, JToken json)
        => kind switch
        {
            "outputVariableSet" => new OutputVariableSet(
                json.Int("step"), json.Int("attempt"), json.OptionalText("machine"), json.Text("name"), json.OptionalText("value"),
                json.OptionalText("sealed") is { } token ? new SealedText(token) : null) { At = at },
            "secretRegistered" => new SecretRegistered(json.Int("step"), json.Int("attempt"), new(json.Text("sealed"))) { At = at },
            "artifactAnnounced" => new ArtifactAnnounced(
                json.Int("step"), json.Int("attempt"), json.Int("number"), json.Text("name"), new(json.Text("path"))) { At = at },
            "artifactCollected" => new ArtifactCollected(
                json.Int("step"), json.Int("attempt"), json.Int("number"), json.OptionalNumber("length"), json.OptionalText("error")) { At = at },
            "progressReported" => new ProgressReported(json.Int("step"), json.Int("attempt"), json.Int("percentage"), json.Text("message")) { At = at },
            "resultMessageSet" => new ResultMessageSet(json.Int("step"), json.Int("attempt"), json.Text("message")) { At = at },
            _ => null,
        };

    private static void PutOrigin(JsonTextWriter json, int step, int attempt)
    {
        json.Put("step", step);
        json.Put("attempt", attempt);
    }
}
