using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Runbooks as JSON.</summary>
internal static class RunbookJson
{
    internal static void Write(JsonTextWriter json, RunbookRecord record)
    {
        json.WriteStartObject();
        json.Property("id", record.Id.ToString());
        json.Property("changed", record.Changed);
        Members(json, record.Definition);
        json.WriteEndObject();
    }

    /// <summary>Everything that defines a runbook.</summary>
    internal static void Members(JsonTextWriter json, RunbookDefinition runbook)
    {
        json.Property("name", runbook.Name);
        json.Property("description", runbook.Description);
        json.Array("environments", runbook.Environments);
        json.Property("maxParallelism", runbook.MaxParallelism);
        json.Property("timeout", runbook.Timeout);
        json.Property("guidedFailure", runbook.GuidedFailure.ToString());
        json.Property("unavailableTargets", runbook.UnavailableTargets.ToString());
        json.Array("variables", runbook.Variables, VariableJson.Write);
        json.Array("variableSets", runbook.VariableSets);
        json.Array("prompts", runbook.Prompts, VariableJson.Prompt);
        json.Array("steps", runbook.Steps, Step);
    }

    private static void Step(JsonTextWriter json, StepDefinition step)
    {
        json.WriteStartObject();
        json.Property("name", step.Name);
        Action(json, step.Action);
        json.Property("pool", step.Pool);
        json.Property("poolVariable", step.PoolVariable);
        if (step.Targets is { } targets)
        {
            json.WritePropertyName("targets");
            json.WriteStartObject();
            json.Array("tags", targets.Tags);
            json.Property("onWorker", targets.OnWorker);
            json.Property("window", targets.Window);
            json.WriteEndObject();
        }

        json.Array("demands", step.Demands.Select(demand => demand.ToString()));
        json.Array("packages", step.Packages, static (json, package) =>
        {
            json.WriteStartObject();
            json.Property("packageId", package.PackageId);
            json.Property("feed", package.Feed);
            json.Property("version", package.Version);
            json.Property("name", package.Name);
            json.Property("extract", package.Extract);
            json.Property("acquire", package.Acquire.ToString());
            json.WriteEndObject();
        });
        json.Property("condition", step.Condition.ToString());
        json.Property("conditionExpression", step.ConditionExpression);
        json.Property("start", step.Start.ToString());
        json.Property("retries", step.Retry.Count);
        json.Property("backoff", step.Retry.Backoff);
        json.Property("maxBackoff", step.Retry.MaxBackoff);
        json.Property("timeout", step.Timeout);
        json.Property("idempotent", step.Idempotent);
        json.Property("disabled", step.Disabled);
        json.Property("required", step.Required);
        json.Array("environments", step.Environments);
        json.Array("excludedEnvironments", step.ExcludedEnvironments);
        json.Array("tenantTags", step.TenantTags.Select(tag => tag.ToString()));
        json.WriteEndObject();
    }

    private static void Action(JsonTextWriter json, StepAction action)
    {
        switch (action)
        {
            case ScriptAction script:
                json.Property("action", "script");
                json.Property("syntax", script.Syntax.ToString());
                json.Property("body", script.Body);
                json.Array("arguments", script.Arguments);
                json.Map("environment", script.Environment);
                json.Array("modules", script.Modules);
                break;
            case RunRunbookAction child:
                json.Property("action", "runRunbook");
                json.Property("runbook", child.Runbook);
                json.Property("environment", child.Environment);
                json.Property("wait", child.Wait);
                json.Map("variables", child.Variables);
                break;
            case ManualAction manual:
                json.Property("action", "manual");
                json.Property("instructions", manual.Instructions);
                json.Array("responsible", manual.Responsible);
                break;
            default:
                json.Property("action", action.GetType().Name);
                break;
        }
    }
}
