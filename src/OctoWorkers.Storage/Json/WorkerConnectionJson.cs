using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>How a worker is reached.</summary>
internal static class WorkerConnectionJson
{
    internal static string Write(WorkerConnection connection) => JsonText.Write(connection, Write);

    internal static WorkerConnection Read(string text)
        => KnownTexts<WorkerConnection>.Read(text, static unknown => JsonText.Read(unknown, "a worker's connection", Read));

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
            string kind => throw UnknownForm.Of("kind of connection", kind),
        };
}
