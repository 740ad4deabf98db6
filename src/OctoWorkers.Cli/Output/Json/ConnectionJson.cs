using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>How a worker is reached, as JSON. Of a password only that there is one.</summary>
internal static class ConnectionJson
{
    internal static void Write(JsonTextWriter json, WorkerConnection connection)
    {
        json.WriteStartObject();
        json.Property("kind", connection.Kind);
        switch (connection)
        {
            case SshConnection ssh:
                json.Property("shell", ssh.Shell);
                json.Property("host", ssh.Host);
                json.Property("port", ssh.Port);
                json.Property("user", ssh.User);
                json.Property("identityFile", ssh.IdentityFile);
                json.Property("configurationFile", ssh.ConfigurationFile);
                json.Property("hostKeyPolicy", ssh.HostKeyPolicy.ToString());
                break;
            case WinRmConnection winRm:
                json.Property("computer", winRm.ComputerName);
                json.Property("port", winRm.Port);
                json.Property("useSsl", winRm.UseSsl);
                json.Property("authentication", winRm.Authentication.ToString());
                json.Property("configuration", winRm.ConfigurationName);
                json.Property("user", winRm.User);
                json.Property("hasPassword", winRm.Password is not null);
                break;
            case PowerShellConnection powerShell:
                json.Property("subsystem", powerShell.Subsystem);
                json.Property("maxSessions", powerShell.MaxSessions);
                json.WritePropertyName("via");
                Write(json, powerShell.Via);
                break;
            default:
                json.Property("shell", connection.Shell);
                break;
        }

        json.WriteEndObject();
    }
}
