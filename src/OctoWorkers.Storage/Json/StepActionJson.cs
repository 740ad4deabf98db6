using System.Collections.ObjectModel;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>What a step does.</summary>
internal static class StepActionJson
{
    internal static void Write(JsonTextWriter json, StepAction action)
    {
        json.WriteStartObject();
        switch (action)
        {
            case ScriptAction script:
                json.Put("kind", "script");
                json.Put("syntax", script.Syntax);
                json.Put("body", script.Body);
                json.PutAll("arguments", script.Arguments);
                json.Put("environment", script.Environment, TextsJson.WriteMap);
                json.PutAll("modules", script.Modules);
                break;
            case RunRunbookAction run:
                json.Put("kind", "runRunbook");
                json.Put("runbook", run.Runbook);
                json.Put("environment", run.Environment);
                json.Put("wait", run.Wait);
                json.Put("variables", run.Variables, TextsJson.WriteMap);
                break;
            case ManualAction manual:
                json.Put("kind", "manual");
                json.Put("instructions", manual.Instructions);
                json.PutAll("responsible", manual.Responsible);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action.GetType().Name, "The store has no form for this kind of action.");
        }

        json.WriteEndObject();
    }

    internal static StepAction Read(JToken json)
        => json.Text("kind") switch
        {
            "script" => new ScriptAction(json.Text("body"))
            {
                Syntax = json.Enum<ScriptSyntax>("syntax"),
                Arguments = json.Texts("arguments"),
                Environment = json.Optional("environment", TextsJson.ReadMap) ?? new Dictionary<string, string>(),
                Modules = json.Texts("modules"),
            },
            "runRunbook" => new RunRunbookAction(json.Text("runbook"))
            {
                Environment = json.OptionalText("environment"),
                Wait = json.Flag("wait"),
                Variables = json.Optional("variables", TextsJson.ReadMap) is { Count: > 0 } variables ? variables : ReadOnlyDictionary<string, string>.Empty,
            },
            "manual" => new ManualAction(json.Text("instructions")) { Responsible = json.Texts("responsible") },
            string kind => throw UnknownForm.Of("kind of action", kind),
        };
}
