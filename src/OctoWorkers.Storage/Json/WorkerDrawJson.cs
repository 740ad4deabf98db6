using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>One draw of a plan.</summary>
internal static class WorkerDrawJson
{
    internal static void Write(JsonTextWriter json, WorkerDraw draw)
    {
        json.WriteStartObject();
        json.Put("key", draw.Key.Text);
        json.Put("pool", draw.Pool.Number);
        json.Put("poolName", draw.PoolName);
        json.Put("worker", draw.Worker.Number);
        json.Put("workerName", draw.WorkerName);
        json.Put("before", draw.Before, WriteCursor);
        json.Put("after", draw.After, WriteCursor);
        json.PutAll("skipped", draw.Skipped, WriteSkipped);
        json.Put("reason", draw.Reason);
        json.PutAll("demands", draw.Demands.Select(demand => demand.ToString()));
        json.WriteEndObject();
    }

    internal static WorkerDraw Read(JToken json)
        => new(
            new(json.Text("key")),
            new(json.Number("pool")),
            json.Text("poolName"),
            new(json.Number("worker")),
            json.Text("workerName"),
            json.Optional("before", ReadCursor),
            json.Optional("after", ReadCursor),
            json.All("skipped", ReadSkipped),
            json.Text("reason")) { Demands = [.. json.Texts("demands").Select(CapabilityDemand.Parse)] };

    private static void WriteCursor(JsonTextWriter json, PoolCursor cursor)
    {
        json.WriteStartObject();
        json.Put("worker", cursor.Worker.Number);
        json.Put("workerName", cursor.WorkerName);
        json.Put("position", cursor.Position);
        json.WriteEndObject();
    }

    private static PoolCursor ReadCursor(JToken json) => new(new(json.Number("worker")), json.Text("workerName"), json.Number("position"));

    internal static void WriteSkipped(JsonTextWriter json, SkippedWorkers skipped)
    {
        json.WriteStartObject();
        json.Put("reason", skipped.Reason);
        json.PutAll("names", skipped.Names);
        json.Put("count", skipped.Count);
        json.WriteEndObject();
    }

    internal static SkippedWorkers ReadSkipped(JToken json) => new(json.Text("reason"), json.Texts("names"), json.Int("count"));
}
