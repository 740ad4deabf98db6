using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>How a worker is reached.</summary>
internal static class WorkerConnectionJson
{
    internal static string Write(WorkerConnection connection) => JsonText.Write(connection, Write);

    internal static WorkerConnection Read(string text) => KnownTexts<WorkerConnection>.Read(text, Parse);

    internal static WorkerConnection Read(ReadOnlySpan<byte> utf8) => KnownTexts<WorkerConnection>.Read(utf8, Parse);

    private static WorkerConnection Parse(string text) => JsonText.Read(text, "a worker's connection", Read);

    private static void Write(JsonTextWriter json, WorkerConnection connection)
    {
        json.WriteStartObject();
        json.Put("kind", connection.Kind);
        json.Put("shell", connection.Shell);
        switch (connection)
        {
            case LocalConnection:
                break;
            case SshConnection ssh:
                json.Put("host", ssh.Host);
                json.Put("port", ssh.Port);
                json.Put("user", ssh.User);
                json.Put("identityFile", ssh.IdentityFile);
                json.Put("configurationFile", ssh.ConfigurationFile);
                json.Put("hostKeyPolicy", ssh.HostKeyPolicy);
                break;
            case WinRmConnection winRm:
                json.Put("computer", winRm.ComputerName);
                json.Put("port", winRm.Port);
                json.Put("useSsl", winRm.UseSsl);
                json.Put("authentication", winRm.Authentication);
                json.Put("configurationName", winRm.ConfigurationName);
                json.Put("user", winRm.User);
                json.Put("password", winRm.ClearPassword is null ? winRm.Password?.Token : throw NotSealed(winRm.ComputerName));
                break;
            case PowerShellConnection powerShell:
                json.Put("subsystem", powerShell.Subsystem);
                json.Put("maxSessions", powerShell.MaxSessions);
                json.WritePropertyName("via");
                Write(json, powerShell.Via);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(connection), connection.Kind, "The store has no form for this kind of connection.");
        }

        json.WriteEndObject();
    }

    private static WorkerConnection Read(JToken json)
        => json.Text("kind") switch
        {
            "local" => new LocalConnection { Shell = json.OptionalText("shell") },
            "ssh" => new SshConnection(json.Text("host"))
            {
                Shell = json.OptionalText("shell"),
                Port = json.OptionalInt("port"),
                User = json.OptionalText("user"),
                IdentityFile = json.OptionalText("identityFile"),
                ConfigurationFile = json.OptionalText("configurationFile"),
                HostKeyPolicy = json.Enum<HostKeyPolicy>("hostKeyPolicy"),
            },
            "winrm" => new WinRmConnection(json.Text("computer"))
            {
                Shell = json.OptionalText("shell"),
                Port = json.OptionalInt("port"),
                UseSsl = json.Flag("useSsl"),
                Authentication = json.Enum<WinRmAuthentication>("authentication"),
                ConfigurationName = json.OptionalText("configurationName"),
                User = json.OptionalText("user"),
                Password = json.OptionalText("password") is { } token ? new SealedText(token) : null,
            },
            "powershell" => new PowerShellConnection(json.Required("via", Read))
            {
                Shell = json.OptionalText("shell"),
                Subsystem = json.OptionalText("subsystem"),
                MaxSessions = json.OptionalInt("maxSessions"),
            },
            string kind => throw UnknownForm.Of("kind of connection", kind),
        };

    private static OctoWorkersException NotSealed(string computer)
        => new(EngineError.InvalidArgument, $"The password for '{computer}' is not encrypted, and the store keeps no other. Seal it first.", computer);
}
