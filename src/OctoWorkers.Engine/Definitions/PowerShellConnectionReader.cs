using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads a machine that is reached through PowerShell sessions: how these are reached, and how many there may be.</summary>
internal sealed class PowerShellConnectionReader(ReadingContext context)
{
    private const string Remedy = "write 'powershell: local', 'powershell: { ssh: HOST }' or 'powershell: { winrm: COMPUTER }'";

    private static readonly string[] Keys = ["local", "ssh", "winrm", "subsystem", "maxSessions"];
    private static readonly string[] Ways = ["local", "ssh", "winrm"];

    private readonly SshConnectionReader _ssh = new(context.Problems);
    private readonly WinRmConnectionReader _winRm = new(context);

    internal async Task<PowerShellConnection?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (node is YamlScalar word)
        {
            return ReadWord(word);
        }

        if (MappingReader.Open(node, "a PowerShell connection", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string[] given = [.. mapping.Keys.Where(Ways.Contains)];
        int? maxSessions = mapping.Number("maxSessions", 1, int.MaxValue);
        string? subsystem = mapping.Text("subsystem");
        if (given.Length != 1)
        {
            context.Problems.Add(
                mapping.Location,
                $"a PowerShell connection has exactly one of 'local', 'ssh' and 'winrm', this one has {(given.Length == 0 ? "none" : string.Join(" and ", given.Select(key => $"'{key}'")))}; {Remedy}");
            return null;
        }

        WorkerConnection? via = given[0] switch
        {
            "local" => ReadLocal(mapping.ValueNode("local")),
            "ssh" => mapping.Value("ssh") is { } ssh ? _ssh.Read(ssh, null) : null,
            _ => mapping.Value("winrm") is { } winRm ? await _winRm.ReadAsync(winRm, cancellationToken).ConfigureAwait(false) : null,
        };
        PowerShellConnection? connection = via is null ? null : context.Problems.Try(mapping.ValueLocation(given[0]), () => new PowerShellConnection(via));
        return connection is null ? null
            : context.Problems.Try(mapping.ValueLocation("subsystem"), () => connection with { Subsystem = subsystem, MaxSessions = maxSessions });
    }

    private PowerShellConnection? ReadWord(YamlScalar word)
    {
        if (word.Text == "local")
        {
            return new(new LocalConnection());
        }

        context.Problems.Add(word.Location, word.Text is "ssh" or "winrm"
            ? $"PowerShell sessions over '{word.Text}' need {(word.Text == "ssh" ? "a host" : "a computer")}; {Remedy}"
            : $"'powershell': unknown way {word.Found}{(NearestWord.Hint(word.Text, Ways) is { Length: > 0 } hint ? hint : $"; {Remedy}")}");
        return null;
    }

    private LocalConnection? ReadLocal(YamlNode node)
        => node.IsNull || MappingReader.Open(node, "a local connection", [], context.Problems) is not null ? new() : null;
}
