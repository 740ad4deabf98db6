using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>Which worker runs which step.</summary>
internal static class PlanJson
{
    internal static void Write(JsonTextWriter json, RunPlan plan)
    {
        json.WriteStartObject();
        json.PutAll("steps", plan.Steps, WriteStep);
        json.PutAll("draws", plan.Draws, WorkerDrawJson.Write);
        json.WriteEndObject();
    }

    internal static RunPlan Read(JToken json) => new(json.All("steps", ReadStep), json.All("draws", WorkerDrawJson.Read));

    private static void WriteStep(JsonTextWriter json, PlannedStep step)
    {
        json.WriteStartObject();
        json.Put("number", step.Number);
        json.Put("name", step.Name);
        json.Put("skipReason", step.SkipReason);
        json.Put("poolName", step.PoolName);
        json.Put("poolReason", step.PoolReason);
        json.Put("key", step.Key?.Text);
        json.Put("worker", step.Worker?.Number);
        json.Put("workerName", step.WorkerName);
        if (step.Packages.Count > 0)
        {
            json.PutAll("packages", step.Packages, PlannedPackageJson.Write);
        }

        if (step.Targets is { } targets)
        {
            json.PutAll("targets", targets, PlannedTargetJson.Write);
        }

        if (step.SkippedTargets.Count > 0)
        {
            json.PutAll("skippedTargets", step.SkippedTargets, WorkerDrawJson.WriteSkipped);
        }

        json.WriteEndObject();
    }

    private static PlannedStep ReadStep(JToken json)
        => new(
            json.Int("number"),
            json.Text("name"),
            json.OptionalText("skipReason"),
            json.OptionalText("poolName"),
            json.OptionalText("poolReason"),
            json.OptionalText("key") is { } key ? new LeaseKey(key) : null,
            json.OptionalNumber("worker") is { } worker ? new WorkerId(worker) : null,
            json.OptionalText("workerName"))
        {
            Packages = json.All("packages", PlannedPackageJson.Read),
            Targets = json.Object().ContainsKey("targets") ? json.All("targets", PlannedTargetJson.Read) : null,
            SkippedTargets = json.All("skippedTargets", WorkerDrawJson.ReadSkipped),
        };
}
