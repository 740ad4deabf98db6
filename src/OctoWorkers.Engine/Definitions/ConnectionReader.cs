using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads how a worker is reached.</summary>
internal sealed class ConnectionReader(ProblemList problems)
{
    private const string Remedy = "write 'connection: local' or 'connection: { ssh: HOST }'";

    private static readonly string[] ConnectionKeys = ["local", "ssh", "shell"];
    private static readonly string[] SshKeys = ["host", "port", "user", "identityFile", "configFile", "hostKeys"];

    private static readonly (string, HostKeyPolicy)[] HostKeyPolicies =
        [("configured", HostKeyPolicy.FromConfiguration), ("strict", HostKeyPolicy.Strict), ("accept-new", HostKeyPolicy.AcceptNew)];

    internal WorkerConnection? Read(YamlNode node)
    {
        if (node is YamlScalar word)
        {
            return ReadWord(word);
        }

        if (MappingReader.Open(node, "a connection", ConnectionKeys, problems) is not { } mapping)
        {
            return null;
        }

        string? shell = ReadShell(mapping);
        if (mapping.Has("local") == mapping.Has("ssh"))
        {
            string found = mapping.Has("ssh") ? "both" : "neither";
            problems.Add(mapping.Location, $"a connection has either 'local' or 'ssh', this one has {found}; {Remedy}");
            return null;
        }

        return mapping.Has("local")
            ? ReadLocal(mapping.ValueNode("local"), shell)
            : mapping.Value("ssh") is { } ssh ? ReadSsh(ssh, shell) : null;
    }

    private LocalConnection? ReadWord(YamlScalar word)
    {
        if (word.Text == "local")
        {
            return new();
        }

        string hint = NearestWord.Hint(word.Text, ["local", "ssh"]);
        problems.Add(word.Location, word.Text == "ssh"
            ? "an ssh connection needs a host; write 'connection: { ssh: HOST }'"
            : $"unknown connection {word.Found}{(hint.Length > 0 ? hint : $"; {Remedy}")}");
        return null;
    }

    private string? ReadShell(MappingReader mapping)
    {
        string? shell = mapping.Text("shell");
        if (shell is not null && (string.IsNullOrWhiteSpace(shell) || shell[0] == '-' || shell.Any(char.IsControl)))
        {
            problems.Add(mapping.ValueLocation("shell"), $"'shell': expected a path or a name on the worker's PATH, found {FoundText.Quote(shell)}");
            return null;
        }

        return shell;
    }

    private LocalConnection? ReadLocal(YamlNode node, string? shell)
        => node.IsNull || MappingReader.Open(node, "a local connection", [], problems) is not null ? new() { Shell = shell } : null;

    private SshConnection? ReadSsh(YamlNode node, string? shell)
    {
        if (node is YamlScalar)
        {
            return ScalarValue.Text(node, "ssh", problems) is { } name
                ? problems.Try(node.Location, () => new SshConnection(name) { Shell = shell })
                : null;
        }

        if (MappingReader.Open(node, "an ssh connection", SshKeys, problems) is not { } mapping)
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
