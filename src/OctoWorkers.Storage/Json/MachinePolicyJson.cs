using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A machine policy's definition.</summary>
internal static class MachinePolicyJson
{
    internal static string Write(MachinePolicyDefinition policy) => JsonText.Write(policy, Write);

    internal static MachinePolicyDefinition Read(string text)
        => KnownTexts<MachinePolicyDefinition>.Read(text, static unknown => JsonText.Read(unknown, "a machine policy", Read));

    private static void Write(JsonTextWriter json, MachinePolicyDefinition policy)
    {
        json.WriteStartObject();
        json.Put("name", policy.Name);
        json.Put("description", policy.Description);
        json.Put("interval", policy.Interval);
        json.Put("kind", policy.Kind);
        json.PutAll("scripts", policy.Scripts.OrderBy(script => script.Key), static (writer, script) =>
        {
            writer.WriteStartObject();
            writer.Put("syntax", script.Key);
            writer.Put("body", script.Value);
            writer.WriteEndObject();
        });
        json.Put("timeout", policy.Timeout);
        json.Put("removeUnavailableAfter", policy.RemoveUnavailableAfter);
        if (policy.UnavailableTargets != UnavailableTargets.Default)
        {
            json.Put("unavailableTargets", policy.UnavailableTargets);
        }

        json.PutAll("capabilities", policy.Capabilities, static (writer, probe) =>
        {
            writer.WriteStartObject();
            writer.Put("name", probe.Name);
            writer.Put("command", probe.Command);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static MachinePolicyDefinition Read(JToken json) => new(json.Text("name"))
    {
        Description = json.OptionalText("description") ?? "",
        Interval = json.OptionalDuration("interval"),
        Kind = json.OptionalText("kind") is null ? HealthCheckKind.Script : json.Enum<HealthCheckKind>("kind"),
        Scripts = json.All("scripts", static script => (Syntax: script.Enum<ScriptSyntax>("syntax"), Body: script.Text("body")))
            .ToDictionary(script => script.Syntax, script => script.Body),
        Timeout = json.OptionalDuration("timeout") ?? MachinePolicyDefinition.DefaultTimeout,
        RemoveUnavailableAfter = json.OptionalDuration("removeUnavailableAfter"),
        UnavailableTargets = json.OptionalText("unavailableTargets") is { } unavailable ? EnumText<UnavailableTargets>.Read(unavailable) : UnavailableTargets.Default,
        Capabilities = json.All("capabilities", static probe => new CapabilityProbeDefinition(probe.Text("name"), probe.Text("command"))),
    };
}
