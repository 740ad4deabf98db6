using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>The events of waiting for people.</summary>
internal static class InterruptionEventJson
{
    internal static void WriteProperties(JsonTextWriter json, RunEvent happened)
    {
        switch (happened)
        {
            case InterruptionRaised raised:
                json.Put("number", raised.Number);
                json.Put("step", raised.Step);
                json.Put("stepName", raised.StepName);
                json.Put("interruption", raised.Kind);
                json.Put("text", raised.Text);
                json.PutAll("responsible", raised.Responsible);
                json.PutAll("answers", raised.Answers.Select(EnumText<InterruptionAnswer>.Write));
                json.Put("target", raised.Target);
                json.Put("part", raised.Part);
                break;
            case TargetExcluded excluded:
                json.Put("target", excluded.Target.Number);
                json.Put("name", excluded.Name);
                json.Put("reason", excluded.Reason);
                break;
            case InterruptionAnswered answered:
                json.Put("number", answered.Number);
                json.Put("answer", answered.Answer);
                json.Put("by", answered.By.Username);
                json.Put("byName", answered.By.DisplayName);
                json.Put("notes", answered.Notes);
                break;
            case InterruptionEnded ended:
                json.Put("number", ended.Number);
                break;
            case FailureHeld held:
                json.Put("step", held.Step);
                json.Put("status", held.Status);
                json.Put("error", held.Error);
                break;
            case WorkersDrawnAgain again:
                json.Put("plan", again.Plan, PlanJson.Write);
                break;
        }
    }

    /// <summary>Null for another kind.</summary>
    internal static RunEvent? Read(string kind, DateTimeOffset at, JToken json)
        => kind switch
        {
            "interruptionRaised" => new InterruptionRaised(
                json.Int("number"), json.Int("step"), json.Text("stepName"), json.Enum<InterruptionKind>("interruption"), json.Text("text"), json.Texts("responsible"),
                [.. json.Texts("answers").Select(EnumText<InterruptionAnswer>.Read)])
            {
                At = at, Target = json.OptionalText("target"), Part = json.OptionalInt("part"),
            },
            "targetExcluded" => new TargetExcluded(new(json.Number("target")), json.Text("name"), json.Text("reason")) { At = at },
            "interruptionAnswered" => new InterruptionAnswered(
                json.Int("number"), json.Enum<InterruptionAnswer>("answer"), new(json.Text("by"), json.Text("byName")), json.OptionalText("notes") ?? "") { At = at },
            "interruptionEnded" => new InterruptionEnded(json.Int("number")) { At = at },
            "failureHeld" => new FailureHeld(json.Int("step"), json.Enum<StepStatus>("status"), json.OptionalText("error")) { At = at },
            "workersDrawnAgain" => new WorkersDrawnAgain(json.Required("plan", PlanJson.Read)) { At = at },
            _ => null,
        };
}
