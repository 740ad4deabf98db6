using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads a host that is reached by ssh.</summary>
internal sealed class SshConnectionReader(ProblemList problems)
{
    private static readonly string[] Keys = ["host", "port", "user", "identityFile", "configFile", "hostKeys"];

    private static readonly (string, HostKeyPolicy)[] HostKeyPolicies =
        [("configured", HostKeyPolicy.FromConfiguration), ("strict", HostKeyPolicy.Strict), ("accept-new", HostKeyPolicy.AcceptNew)];

    /// <summary>Reads a host alone, or a mapping; null, and a problem, when it is neither.</summary>
    internal SshConnection? Read(YamlNode node, string? shell)
    {
        if (node is YamlScalar)
        {
            return ScalarValue.Text(node, "ssh", problems) is { } name
                ? problems.Try(node.Location, () => new SshConnection(name) { Shell = shell })
                : null;
        }

        if (MappingReader.Open(node, "an ssh connection", Keys, problems) is not { } mapping)
        {
            return null;
        }

        string? host = mapping.RequiredText("host");
        SshConnection? connection = host is null ? null : problems.Try(mapping.ValueLocation("host"), () => new SshConnection(host));
        int? port = mapping.Number("port", 1, 65535);
        string? user = mapping.Text("user");
        SshConnection? withUser = problems.Try(mapping.ValueLocation("user"), () => (connection ?? new("none")) with { User = user });
        string? identityFile = ReadPath(mapping, "identityFile");
        string? configurationFile = ReadPath(mapping, "configFile");
        HostKeyPolicy policy = mapping.Word("hostKeys", HostKeyPolicies) ?? HostKeyPolicy.FromConfiguration;
        return connection is null || withUser is null ? null : withUser with
        {
            Shell = shell,
            Port = port,
            IdentityFile = identityFile,
            ConfigurationFile = configurationFile,
            HostKeyPolicy = policy,
        };
    }

    private string? ReadPath(MappingReader mapping, string key)
    {
        string? path = mapping.Text(key);
        if (path is not null && (string.IsNullOrWhiteSpace(path) || path[0] == '-'))
        {
            problems.Add(mapping.ValueLocation(key), $"'{key}': expected a path, found {FoundText.Quote(path)}");
            return null;
        }

        return path;
    }
}
