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
        Connection(json, worker.Connection);
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

    internal static void Connection(JsonTextWriter json, WorkerConnection connection)
    {
        json.WriteStartObject();
        json.Property("kind", connection.Kind);
        json.Property("shell", connection.Shell);
        if (connection is SshConnection ssh)
        {
            json.Property("host", ssh.Host);
            json.Property("port", ssh.Port);
            json.Property("user", ssh.User);
            json.Property("identityFile", ssh.IdentityFile);
            json.Property("configurationFile", ssh.ConfigurationFile);
            json.Property("hostKeyPolicy", ssh.HostKeyPolicy.ToString());
        }

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
