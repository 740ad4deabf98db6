using System.CommandLine;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary>The options that say how a worker or a deployment target is reached.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<bool> local = new("--local") { Description = "It is this machine." };

    private readonly Option<string?> host = new("--host")
    {
        Description = "It is reached by ssh: a host name, an address, or an alias of your ssh configuration.",
        HelpName = "HOST",
    };

    private readonly Option<int?> port = new("--port") { Description = "The port. The default is what your ssh configuration says, and with --winrm 5985, or 5986 with TLS.", HelpName = "NUMBER" };

    private readonly Option<string?> user = new("--user") { Description = "The user there. The default is what your ssh configuration says, and with --winrm you.", HelpName = "NAME" };

    private readonly Option<string?> identityFile = new("--identity-file") { Description = "A private key on this machine.", HelpName = "PATH" };

    private readonly Option<string?> configurationFile = new("--ssh-config") { Description = "An ssh configuration file instead of your own.", HelpName = "PATH" };

    private readonly Option<string?> hostKeys = new Option<string?>("--host-keys")
    {
        Description = "What to do about an unknown host key: refuse it ('strict'), remember it ('accept-new'), or as your ssh configuration says ('config', the default).",
        HelpName = "config|strict|accept-new",
    }.AcceptOnlyFromAmong("config", "strict", "accept-new");

    private readonly Option<string?> shell = new("--shell") { Description = "The POSIX shell there. The default is 'sh'.", HelpName = "PATH" };

    private readonly PowerShellOptions powerShell = new();

    internal IReadOnlyList<Option> All => [local, port, host, shell, .. SshOptions, .. powerShell.All];

    private IEnumerable<Option> SshOptions => [user, identityFile, configurationFile, hostKeys];

    internal void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }

        powerShell.AddTo(command);
    }

    /// <summary>The connection; a password is asked for, or read, and sealed.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>, <see cref="EngineError.InvalidDefinition"/>.</exception>
    internal async Task<WorkerConnection> ReadAsync(ParseResult result, EngineSession session, CancellationToken cancellationToken)
    {
        string? hostName = result.GetValue(host);
        string? computer = powerShell.Computer(result);
        bool isLocal = result.GetValue(local);
        if ((isLocal ? 1 : 0) + (hostName is null ? 0 : 1) + (computer is null ? 0 : 1) is var ways and not 1)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument,
                ways > 1 ? "Give one of --local, --host and --winrm, not several." : "Say how it is reached: --local, --host HOST or --winrm COMPUTER.");
        }

        Refuse(result, isLocal ? [port, .. SshOptions] : computer is not null ? SshOptions.Except([user]) : [], isLocal ? "--local" : "--winrm");
        Refuse(result, powerShell.IsAsked(result) ? [shell] : [], "--powershell: no POSIX shell is started there");
        powerShell.Check(result, isSsh: hostName is not null);
        WorkerConnection way = hostName is not null ? Ssh(result, hostName)
            : computer is not null ? await powerShell.WinRmAsync(result, computer, result.GetValue(port), result.GetValue(user), session.Context, cancellationToken).ConfigureAwait(false)
            : new LocalConnection { Shell = result.GetValue(shell) };
        return powerShell.IsAsked(result) ? powerShell.Through(result, way).Seal(session.Secrets.Seal) : way;
    }

    private SshConnection Ssh(ParseResult result, string hostName) => new(hostName)
    {
        Port = result.GetValue(port),
        User = result.GetValue(user),
        IdentityFile = FullPath(result.GetValue(identityFile)),
        ConfigurationFile = FullPath(result.GetValue(configurationFile)),
        HostKeyPolicy = KeyPolicy(result.GetValue(hostKeys)),
        Shell = result.GetValue(shell),
    };

    private static void Refuse(ParseResult result, IEnumerable<Option> strays, string given)
    {
        if (strays.FirstOrDefault(option => result.GetResult(option) is not null) is { } stray)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"Leave {stray.Name} out with {given}.");
        }
    }

    /// <summary>A connection with what is given changed in it.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>, <see cref="EngineError.InvalidDefinition"/>.</exception>
    internal async Task<WorkerConnection> ChangeAsync(ParseResult result, WorkerConnection now, EngineSession session, CancellationToken cancellationToken)
    {
        if (!All.Any(option => result.GetResult(option) is { Implicit: false }))
        {
            return now;
        }

        if (now is not SshConnection ssh || result.GetValue(local) || powerShell.IsAsked(result))
        {
            // Another way to be reached, and PowerShell sessions, are given whole.
            return now is LocalConnection && OnlyShell(result)
                ? new LocalConnection { Shell = result.GetValue(shell) }
                : await ReadAsync(result, session, cancellationToken).ConfigureAwait(false);
        }

        return new SshConnection(result.GetValue(host) ?? ssh.Host)
        {
            Port = result.GetValue(port) ?? ssh.Port,
            User = result.GetValue(user) ?? ssh.User,
            IdentityFile = result.GetValue(identityFile) is { } key ? FullPath(key) : ssh.IdentityFile,
            ConfigurationFile = result.GetValue(configurationFile) is { } file ? FullPath(file) : ssh.ConfigurationFile,
            HostKeyPolicy = result.GetValue(hostKeys) is { } word ? KeyPolicy(word) : ssh.HostKeyPolicy,
            Shell = result.GetValue(shell) ?? ssh.Shell,
        };
    }

    private bool OnlyShell(ParseResult result) => All.All(option => option == shell || result.GetResult(option) is null or { Implicit: true });

    private static HostKeyPolicy KeyPolicy(string? word) => word switch
    {
        "strict" => HostKeyPolicy.Strict,
        "accept-new" => HostKeyPolicy.AcceptNew,
        _ => HostKeyPolicy.FromConfiguration,
    };

    // Relative to where the command was called; the driver works elsewhere.
    private static string? FullPath(string? path) => string.IsNullOrEmpty(path) || path.StartsWith('~') ? path : Path.GetFullPath(path);
}
