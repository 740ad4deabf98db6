using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Environments and leases as JSON.</summary>
internal static class InfrastructureJson
{
    internal static void Write(JsonTextWriter json, EnvironmentRecord environment)
    {
        json.WriteStartObject();
        json.Property("id", environment.Id.ToString());
        json.Property("name", environment.Name);
        json.Property("description", environment.Description);
        json.Property("retention", environment.Retention.ToString());
        json.Property("guidedFailure", environment.GuidedFailure.ToString());
        json.WriteEndObject();
    }

    internal static void Write(JsonTextWriter json, WorkerLease lease)
    {
        json.WriteStartObject();
        json.Property("run", lease.Run.ToString());
        json.Property("leaseKey", lease.Key.Text);
        json.Property("worker", lease.WorkerName);
        json.Property("since", lease.Since);
        json.WriteEndObject();
    }
}
