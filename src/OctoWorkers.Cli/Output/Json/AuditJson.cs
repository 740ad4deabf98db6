using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>The audit as JSON.</summary>
internal static class AuditJson
{
    internal static void Write(JsonTextWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.Property("id", entry.Id);
        json.Property("at", entry.At);
        json.Property("who", entry.Who);
        json.Property("action", entry.Action.ToString());
        json.Property("subject", entry.Subject);
        json.Property("run", entry.Run?.ToString());
        json.Property("details", entry.Details);
        json.WriteEndObject();
    }
}
