using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads how a worker is reached.</summary>
internal sealed class ConnectionReader(ReadingContext context)
{
    private const string Remedy = "write 'connection: local' or 'connection: { ssh: HOST }'";

    private static readonly string[] Keys = ["local", "ssh", "powershell", "shell"];
    private static readonly string[] Kinds = ["local", "ssh", "powershell"];

    private readonly SshConnectionReader _ssh = new(context.Problems);
    private readonly PowerShellConnectionReader _powerShell = new(context);

    internal async Task<WorkerConnection?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (node is YamlScalar word)
        {
            return ReadWord(word);
        }

        if (MappingReader.Open(node, "a connection", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? shell = ReadShell(mapping);
        string[] given = [.. mapping.Keys.Where(Kinds.Contains)];
        if (given.Length != 1)
        {
            context.Problems.Add(
                mapping.Location,
                $"a connection has exactly one of 'local', 'ssh' and 'powershell', this one has {(given.Length == 0 ? "none" : string.Join(" and ", given.Select(key => $"'{key}'")))}; {Remedy}");
            return null;
        }

        if (given[0] == "powershell" && mapping.Has("shell"))
        {
            context.Problems.Add(mapping.KeyLocation("shell"), "'shell': no POSIX shell is started where PowerShell sessions are; leave it out");
            return null;
        }

        return given[0] switch
        {
            "local" => ReadLocal(mapping.ValueNode("local"), shell),
            "ssh" => mapping.Value("ssh") is { } ssh ? _ssh.Read(ssh, shell) : null,
            _ => mapping.Value("powershell") is { } powerShell ? await _powerShell.ReadAsync(powerShell, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    private LocalConnection? ReadWord(YamlScalar word)
    {
        if (word.Text == "local")
        {
            return new();
        }

        string hint = NearestWord.Hint(word.Text, Kinds);
        context.Problems.Add(word.Location, word.Text switch
        {
            "ssh" => "an ssh connection needs a host; write 'connection: { ssh: HOST }'",
            "powershell" => "a PowerShell connection says how its sessions are reached; write 'connection: { powershell: local }' or 'connection: { powershell: { ssh: HOST } }'",
            _ => $"unknown connection {word.Found}{(hint.Length > 0 ? hint : $"; {Remedy}")}",
        });
        return null;
    }

    private string? ReadShell(MappingReader mapping)
    {
        string? shell = mapping.Text("shell");
        if (shell is not null && (string.IsNullOrWhiteSpace(shell) || shell[0] == '-' || shell.Any(char.IsControl)))
        {
            context.Problems.Add(mapping.ValueLocation("shell"), $"'shell': expected a path or a name on the worker's PATH, found {FoundText.Quote(shell)}");
            return null;
        }

        return shell;
    }

    private LocalConnection? ReadLocal(YamlNode node, string? shell)
        => node.IsNull || MappingReader.Open(node, "a local connection", [], context.Problems) is not null ? new() { Shell = shell } : null;
}
