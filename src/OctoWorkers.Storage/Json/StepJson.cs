using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A step's definition.</summary>
internal static class StepJson
{
    internal static void Write(JsonTextWriter json, StepDefinition step)
    {
        json.WriteStartObject();
        json.Put("name", step.Name);
        json.Put("action", step.Action, StepActionJson.Write);
        json.Put("pool", step.Pool);
        json.Put("poolVariable", step.PoolVariable);
        json.Put("targets", step.Targets, WriteTargets);
        json.PutAll("demands", step.Demands.Select(demand => demand.ToString()));
        json.PutAll("packages", step.Packages, PackageReferenceJson.Write);
        json.Put("condition", step.Condition);
        json.Put("conditionExpression", step.ConditionExpression);
        json.Put("start", step.Start);
        json.Put("retry", step.Retry, WriteRetry);
        json.Put("timeout", step.Timeout);
        json.Put("idempotent", step.Idempotent);
        json.Put("disabled", step.Disabled);
        json.Put("required", step.Required);
        json.PutAll("environments", step.Environments);
        json.PutAll("excludedEnvironments", step.ExcludedEnvironments);
        json.PutAll("tenantTags", step.TenantTags.Select(tag => tag.ToString()));
        json.WriteEndObject();
    }

    internal static StepDefinition Read(JToken json)
        => new(json.Text("name"), json.Required("action", StepActionJson.Read))
        {
            Pool = json.OptionalText("pool"),
            PoolVariable = json.OptionalText("poolVariable"),
            Targets = json.Optional("targets", ReadTargets),
            Demands = [.. json.Texts("demands").Select(CapabilityDemand.Parse)],
            Packages = json.All("packages", PackageReferenceJson.Read),
            Condition = json.Enum<StepCondition>("condition"),
            ConditionExpression = json.OptionalText("conditionExpression"),
            Start = json.Enum<StepStart>("start"),
            Retry = json.Optional("retry", ReadRetry) ?? RetryPolicy.None,
            Timeout = json.OptionalDuration("timeout"),
            Idempotent = json.Flag("idempotent"),
            Disabled = json.Flag("disabled"),
            Required = json.Flag("required"),
            Environments = json.Texts("environments"),
            ExcludedEnvironments = json.Texts("excludedEnvironments"),
            TenantTags = [.. json.Texts("tenantTags").Select(TenantTag.Parse)],
        };

    private static void WriteTargets(JsonTextWriter json, StepTargets targets)
    {
        json.WriteStartObject();
        json.PutAll("tags", targets.Tags);
        json.Put("onWorker", targets.OnWorker);
        json.Put("window", targets.Window);
        json.WriteEndObject();
    }

    private static StepTargets ReadTargets(JToken json) => new(json.Texts("tags")) { OnWorker = json.Flag("onWorker"), Window = json.OptionalInt("window") };

    private static void WriteRetry(JsonTextWriter json, RetryPolicy retry)
    {
        json.WriteStartObject();
        json.Put("count", retry.Count);
        json.Put("backoff", retry.Backoff);
        json.Put("maxBackoff", retry.MaxBackoff);
        json.WriteEndObject();
    }

    private static RetryPolicy ReadRetry(JToken json)
        => new()
        {
            Count = json.Int("count"),
            Backoff = json.OptionalDuration("backoff") ?? TimeSpan.Zero,
            MaxBackoff = json.OptionalDuration("maxBackoff") ?? RetryPolicy.None.MaxBackoff,
        };
}
