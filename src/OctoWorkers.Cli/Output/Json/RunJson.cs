using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Runs as JSON.</summary>
internal static class RunJson
{
    internal static void Write(JsonTextWriter json, RunSummary run)
    {
        json.WriteStartObject();
        json.Property("id", run.Id.ToString());
        json.Property("runbook", run.Runbook);
        json.Property("environment", run.Environment);
        json.Property("tenant", run.Tenant);
        json.Property("status", run.Status.ToString());
        json.Property("created", run.Created);
        json.Property("started", run.Started);
        json.Property("ended", run.Ended);
        json.Property("createdBy", run.CreatedBy);
        json.Property("parent", run.Parent?.ToString());
        json.Property("error", run.Error);
        json.Property("waitingFor", run.WaitingFor);
        json.Array("waits", run.Waits, WaitJson.Write);
        json.Property("priority", Words.Of(run.Priority));
        json.Property("concurrencyTag", run.ConcurrencyTag);
        json.Property("queueExpires", run.QueueExpires);
        json.WriteEndObject();
    }

    internal static void Write(JsonTextWriter json, RunRecord run)
    {
        json.WriteStartObject();
        Members(json, run);
        json.WriteEndObject();
    }

    /// <summary>The run's own members and its steps; with its plan where that is wanted.</summary>
    internal static void Write(JsonTextWriter json, RunDetails details)
    {
        json.WriteStartObject();
        Members(json, details.Run);
        json.Array("steps", details.Steps, StepJson.Write);
        json.Array("outputs", details.Outputs, VariableJson.Output);
        json.Array("interventions", details.Interruptions, InterruptionJson.Write);
        json.WritePropertyName("plan");
        if (details.Plan is { } plan)
        {
            PlanJson.Write(json, plan);
        }
        else
        {
            json.WriteNull();
        }

        json.WriteEndObject();
    }

    private static void WriteOutput(JsonTextWriter json, OutputVariableSet output)
    {
        json.WriteStartObject();
        json.Property("step", output.Step);
        json.Property("machine", output.Machine);
        json.Property("name", output.Name);
        json.Property("isSensitive", output.Value is null);
        json.Property("value", output.Value ?? RunTables.HiddenValue);
        json.WriteEndObject();
    }

    internal static void Members(JsonTextWriter json, RunRecord run)
    {
        json.Property("id", run.Id.ToString());
        json.Property("runbook", run.Request.Snapshot.Name);
        json.Property("environment", run.Request.Environment.Name);
        json.Property("tenant", run.Request.Tenant?.Name);
        json.Property("status", run.Status.ToString());
        json.Property("created", run.Created);
        json.Property("started", run.Started);
        json.Property("ended", run.Ended);
        json.Property("createdBy", run.Request.CreatedBy);
        json.Property("parent", run.Request.Parent?.ToString());
        json.Property("parentStep", run.Request.ParentStep);
        json.Property("parentWaits", run.Request.ParentWaits);
        json.Property("rerunOf", run.Request.RerunOf?.ToString());
        json.Property("guidedFailure", run.Request.GuidedFailure);
        json.Property("error", run.Error);
        json.Property("waitingFor", run.WaitingFor);
        json.Array("waits", run.Waits, WaitJson.Write);
        json.Property("priority", Words.Of(run.Priority));
        json.Property("concurrencyTag", run.Request.ConcurrencyTag);
        json.Property("queueExpires", run.Created + run.Request.QueueExpiry);
    }
}
