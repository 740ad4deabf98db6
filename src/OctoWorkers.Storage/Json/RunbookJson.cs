using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A runbook's definition.</summary>
internal static class RunbookJson
{
    internal static string Write(RunbookDefinition runbook) => JsonText.Write(runbook, Write);

    internal static RunbookDefinition Read(string text)
        => KnownTexts<RunbookDefinition>.Read(text, static unknown => JsonText.Read(unknown, "a runbook", Read));

    internal static void Write(JsonTextWriter json, RunbookDefinition runbook)
    {
        json.WriteStartObject();
        json.Put("name", runbook.Name);
        json.Put("description", runbook.Description);
        json.PutAll("environments", runbook.Environments);
        json.Put("maxParallelism", runbook.MaxParallelism);
        json.Put("timeout", runbook.Timeout);
        json.Put("priority", runbook.Priority?.ToString());
        json.Put("queueExpiry", runbook.QueueExpiry);
        json.Put("guidedFailure", runbook.GuidedFailure);
        if (runbook.UnavailableTargets != UnavailableTargets.Default)
        {
            json.Put("unavailableTargets", runbook.UnavailableTargets);
        }

        json.PutAll("steps", runbook.Steps, StepJson.Write);
        json.PutAll("variables", runbook.Variables, VariableJson.Write);
        json.PutAll("variableSets", runbook.VariableSets);
        json.PutAll("prompts", runbook.Prompts, PromptJson.Write);
        json.Put("retention", runbook.Retention?.ToString());
        json.WriteEndObject();
    }

    internal static RunbookDefinition Read(JToken json)
        => new(json.Text("name"), json.All("steps", StepJson.Read))
        {
            Description = json.OptionalText("description") ?? "",
            Environments = json.Texts("environments"),
            MaxParallelism = json.OptionalInt("maxParallelism") ?? RunbookDefinition.DefaultMaxParallelism,
            Timeout = json.OptionalDuration("timeout"),
            Priority = json.OptionalText("priority") is { } priority ? EnumText<RunPriority>.Read(priority) : null,
            QueueExpiry = json.OptionalDuration("queueExpiry"),
            UnavailableTargets = json.OptionalText("unavailableTargets") is { } unavailable ? EnumText<UnavailableTargets>.Read(unavailable) : UnavailableTargets.Default,
            GuidedFailure = json.OptionalText("guidedFailure") is { } guided ? EnumText<GuidedFailureMode>.Read(guided) : GuidedFailureMode.Default,
            Variables = json.All("variables", VariableJson.Read),
            VariableSets = json.Texts("variableSets"),
            Prompts = json.All("prompts", PromptJson.Read),
            Retention = json.OptionalText("retention") is { } retention ? RetentionPolicy.Parse(retention) : null,
        };
}
