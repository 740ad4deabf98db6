using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Tenants as JSON.</summary>
internal static class TenantJson
{
    internal static void Write(JsonTextWriter json, TenantRecord tenant)
    {
        json.WriteStartObject();
        json.Property("id", tenant.Id.ToString());
        json.Property("name", tenant.Name);
        json.Property("description", tenant.Description);
        json.Array("tags", tenant.Tags.Select(tag => tag.ToString()));
        json.WriteEndObject();
    }
}
