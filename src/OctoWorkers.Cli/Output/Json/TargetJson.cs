using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Deployment targets as JSON.</summary>
internal static class TargetJson
{
    internal static void Write(JsonTextWriter json, DeploymentTargetRecord target)
    {
        json.WriteStartObject();
        json.Property("id", target.Id.ToString());
        json.Property("name", target.Name);
        json.WritePropertyName("connection");
        ConnectionJson.Write(json, target.Connection);
        json.Array("environments", target.Environments);
        json.Array("tags", target.Tags);
        json.Property("participation", target.Tenants.Participation.ToString());
        json.Array("tenants", target.Tenants.Names);
        json.Array("tenantTags", target.Tenants.Tags.Select(tag => tag.ToString()));
        json.Property("disabled", target.Disabled);
        json.Property("bypassDeploymentMutex", target.BypassDeploymentMutex);
        json.Property("policy", target.Policy);
        json.Property("leases", target.Leases);
        json.WritePropertyName("health");
        WorkerJson.Health(json, target.Health);
        json.WriteEndObject();
    }
}
