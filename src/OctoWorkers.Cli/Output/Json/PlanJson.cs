using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Plans as JSON.</summary>
internal static class PlanJson
{
    internal static void Write(JsonTextWriter json, RunPlan plan)
    {
        json.WriteStartObject();
        Members(json, plan);
        json.WriteEndObject();
    }

    internal static void Members(JsonTextWriter json, RunPlan plan)
    {
        json.Array("steps", plan.Steps, Step);
        json.Array("draws", plan.Draws, Draw);
    }

    private static void Step(JsonTextWriter json, PlannedStep step)
    {
        json.WriteStartObject();
        json.Property("number", step.Number);
        json.Property("name", step.Name);
        json.Property("skipReason", step.SkipReason);
        json.Property("pool", step.PoolName);
        json.Property("poolReason", step.PoolReason);
        json.Property("leaseKey", step.Key?.Text);
        json.Property("worker", step.WorkerName);
        json.Array("packages", step.Packages, PackageJson.Planned);
        if (step.Targets is { } targets)
        {
            json.Array("targets", targets.Select(target => target.Name));
        }

        if (step.SkippedTargets.Count > 0)
        {
            json.Array("skippedTargets", step.SkippedTargets, static (json, skipped) =>
            {
                json.WriteStartObject();
                json.Property("reason", skipped.Reason);
                json.Array("targets", skipped.Names);
                json.Property("count", skipped.Count);
                json.WriteEndObject();
            });
        }

        json.WriteEndObject();
    }

    private static void Draw(JsonTextWriter json, WorkerDraw draw)
    {
        json.WriteStartObject();
        json.Property("leaseKey", draw.Key.Text);
        json.Property("pool", draw.PoolName);
        json.Property("worker", draw.WorkerName);
        json.Property("reason", draw.Reason);
        json.Array("demands", draw.Demands.Select(demand => demand.ToString()));
        Cursor(json, "cursorBefore", draw.Before);
        Cursor(json, "cursorAfter", draw.After);
        json.Array("skipped", draw.Skipped, static (json, skipped) =>
        {
            json.WriteStartObject();
            json.Property("reason", skipped.Reason);
            json.Array("workers", skipped.Names);
            json.Property("count", skipped.Count);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Cursor(JsonTextWriter json, string name, PoolCursor? cursor)
    {
        json.WritePropertyName(name);
        if (cursor is null)
        {
            json.WriteNull();
            return;
        }

        json.WriteStartObject();
        json.Property("worker", cursor.WorkerName);
        json.Property("position", cursor.Position);
        json.WriteEndObject();
    }
}
