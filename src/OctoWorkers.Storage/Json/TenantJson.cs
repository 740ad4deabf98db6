using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A tenant, as a run keeps it.</summary>
internal static class TenantJson
{
    internal static void Write(JsonTextWriter json, TenantRecord tenant)
    {
        json.WriteStartObject();
        json.Put("id", tenant.Id.Number);
        json.Put("name", tenant.Name);
        json.PutAll("tags", tenant.Tags.Select(tag => tag.ToString()));
        json.Put("description", tenant.Description);
        json.WriteEndObject();
    }

    internal static TenantRecord Read(JToken json)
        => new(new(json.Number("id")), json.Text("name"), [.. json.Texts("tags").Select(TenantTag.Parse)], json.OptionalText("description") ?? "");
}
