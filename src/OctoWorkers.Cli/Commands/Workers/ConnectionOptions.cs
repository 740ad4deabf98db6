using System.CommandLine;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary>The options that say how a worker is reached.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<bool> local = new("--local") { Description = "The worker is this machine." };

    private readonly Option<string?> host = new("--host")
    {
        Description = "The worker is reached by ssh: a host name, an address, or an alias of your ssh configuration.",
        HelpName = "HOST",
    };

    private readonly Option<int?> port = new("--port") { Description = "The ssh port. The default is what your ssh configuration says.", HelpName = "NUMBER" };

    private readonly Option<string?> user = new("--user") { Description = "The user there. The default is what your ssh configuration says.", HelpName = "NAME" };

    private readonly Option<string?> identityFile = new("--identity-file") { Description = "A private key on this machine.", HelpName = "PATH" };

    private readonly Option<string?> configurationFile = new("--ssh-config") { Description = "An ssh configuration file instead of your own.", HelpName = "PATH" };

    private readonly Option<string?> hostKeys = new Option<string?>("--host-keys")
    {
        Description = "What to do about an unknown host key: refuse it ('strict'), remember it ('accept-new'), or as your ssh configuration says ('config', the default).",
        HelpName = "config|strict|accept-new",
    }.AcceptOnlyFromAmong("config", "strict", "accept-new");

    private readonly Option<string?> shell = new("--shell") { Description = "The POSIX shell there. The default is 'sh'.", HelpName = "PATH" };

    internal IReadOnlyList<Option> All => [local, host, port, user, identityFile, configurationFile, hostKeys, shell];

    internal void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>, <see cref="EngineError.InvalidDefinition"/>.</exception>
    internal WorkerConnection Read(ParseResult result)
    {
        string? hostName = result.GetValue(host);
        bool isLocal = result.GetValue(local);
        if (isLocal == hostName is not null)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, isLocal ? "Give either --local or --host, not both." : "Say how the worker is reached: --local, or --host HOST.");
        }

        if (hostName is not null)
        {
            return new SshConnection(hostName)
            {
                Port = result.GetValue(port),
                User = result.GetValue(user),
                IdentityFile = FullPath(result.GetValue(identityFile)),
                ConfigurationFile = FullPath(result.GetValue(configurationFile)),
                HostKeyPolicy = KeyPolicy(result.GetValue(hostKeys)),
                Shell = result.GetValue(shell),
            };
        }

        Option? stray = ((Option[])[port, user, identityFile, configurationFile, hostKeys]).FirstOrDefault(option => result.GetResult(option) is not null);
        return stray is null
            ? new LocalConnection { Shell = result.GetValue(shell) }
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"{stray.Name} is for workers with --host; leave it out with --local.");
    }

    /// <summary>A connection with what is given changed in it.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>, <see cref="EngineError.InvalidDefinition"/>.</exception>
    internal WorkerConnection Change(ParseResult result, WorkerConnection now)
    {
        if (!All.Any(option => result.GetResult(option) is { Implicit: false }))
        {
            return now;
        }

        if (now is not SshConnection ssh || result.GetValue(local))
        {
            // Another way to be reached is given whole.
            return result.GetValue(local) || result.GetValue(host) is not null || now is not LocalConnection || !OnlyShell(result)
                ? Read(result)
                : new LocalConnection { Shell = result.GetValue(shell) };
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
