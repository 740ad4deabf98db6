using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>The tenants that a deployment target is for.</summary>
internal static class TargetTenantsJson
{
    /// <returns>Null for a target that takes part only in runs for none.</returns>
    internal static string? Write(TargetTenants tenants)
        => tenants.Participation == TenantParticipation.Untenanted ? null : JsonText.Write(tenants, static (json, value) =>
        {
            json.WriteStartObject();
            json.Put("participation", EnumText<TenantParticipation>.Write(value.Participation));
            json.PutAll("names", value.Names);
            json.PutAll("tags", value.Tags.Select(tag => tag.ToString()));
            json.WriteEndObject();
        });

    internal static TargetTenants Read(string? text)
        => text is null ? TargetTenants.None : JsonText.Read(text, "the tenants of a deployment target", static json => TargetTenants.Of(
            EnumText<TenantParticipation>.Read(json.Text("participation")), json.Texts("names"), json.Texts("tags").Select(TenantTag.Parse)));
}
