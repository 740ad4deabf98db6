using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Machine policies as JSON.</summary>
internal static class MachinePolicyJson
{
    internal static void Write(JsonTextWriter json, MachinePolicyRecord record)
    {
        MachinePolicyDefinition policy = record.Definition;
        json.WriteStartObject();
        json.Property("id", record.Id.ToString());
        json.Property("name", policy.Name);
        json.Property("description", policy.Description);
        json.Property("interval", policy.Interval);
        json.Property("kind", policy.Kind.ToString());
        json.Map("scripts", policy.Scripts.OrderBy(script => script.Key).Select(script => KeyValuePair.Create(script.Key.ToString(), script.Value)));
        json.Property("timeout", policy.Timeout);
        json.Property("removeUnavailableAfter", policy.RemoveUnavailableAfter);
        json.Property("unavailableTargets", policy.UnavailableTargets.ToString());
        json.Map("capabilities", policy.Capabilities.Select(probe => KeyValuePair.Create(probe.Name, probe.Command)));
        json.WriteEndObject();
    }
}
