using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>What runs wait for people for, as JSON.</summary>
internal static class InterruptionJson
{
    internal static void Write(JsonTextWriter json, Interruption one)
    {
        json.WriteStartObject();
        json.Property("id", one.Id.ToString());
        json.Property("run", one.Run.ToString());
        json.Property("runbook", one.Runbook);
        json.Property("environment", one.Environment);
        json.Property("step", one.Step);
        json.Property("stepName", one.StepName);
        json.Property("target", one.Target);
        json.Property("kind", one.Kind.ToString());
        json.Property("status", one.Status.ToString());
        json.Property("text", one.Text);
        json.Array("responsible", one.Responsible);
        json.Array("answers", one.Answers.Select(answer => answer.ToString()));
        json.Property("raised", one.Raised);
        json.Property("assignee", one.Assignee);
        json.Property("answer", one.Answer?.ToString());
        json.Property("answeredBy", one.AnsweredBy?.Username);
        json.Property("answeredByName", one.AnsweredBy?.DisplayName);
        json.Property("answered", one.Answered);
        json.Property("notes", one.Notes);
        json.Property("ended", one.Ended);
        json.WriteEndObject();
    }
}
