using Newtonsoft.Json;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Workers as JSON.</summary>
internal static class WorkerJson
{
    internal static void Write(JsonTextWriter json, WorkerRecord worker)
    {
        json.WriteStartObject();
        json.Property("id", worker.Id.ToString());
        json.Property("name", worker.Name);
        json.WritePropertyName("connection");
        ConnectionJson.Write(json, worker.Connection);
        json.Array("pools", worker.Pools);
        json.Array("tags", worker.Tags);
        json.Property("state", worker.State.ToString());
        json.Property("policy", worker.Policy);
        json.Property("leases", worker.Leases);
        json.Property("maxSteps", worker.MaxSteps);
        json.Property("drainDeadline", worker.Drain?.Deadline);
        json.Property("drainCancels", worker.Drain is { Cancels: true });
        json.WritePropertyName("health");
        Health(json, worker.Health);
        json.WriteEndObject();
    }

    internal static void Write(JsonTextWriter json, WorkerCheck check)
    {
        json.WriteStartObject();
        json.Property("name", check.Name);
        json.Property("elapsed", check.Elapsed);
        json.WritePropertyName("health");
        Health(json, check.Health);
        json.WriteEndObject();
    }

    internal static void Health(JsonTextWriter json, WorkerHealth health)
    {
        json.WriteStartObject();
        json.Property("status", health.Status.ToString());
        json.Property("checkedAt", health.CheckedAt);
        json.Property("unavailableSince", health.UnavailableSince);
        json.Property("message", health.Message);
        json.Map("capabilities", health.Capabilities.OrderBy(capability => capability.Key, StringComparer.Ordinal));
        json.WriteEndObject();
    }
}
