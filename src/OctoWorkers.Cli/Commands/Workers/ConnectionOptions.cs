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

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[local, host, port, user, identityFile, configurationFile, hostKeys, shell])
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
                EngineError.InvalidArgument, isLocal ? "Give either --local or --host, not both." : "Say how it is reached: --local, or --host HOST.");
        }

        if (hostName is not null)
        {
            return new SshConnection(hostName)
            {
                Port = result.GetValue(port),
                User = result.GetValue(user),
                IdentityFile = FullPath(result.GetValue(identityFile)),
                ConfigurationFile = FullPath(result.GetValue(configurationFile)),
                HostKeyPolicy = result.GetValue(hostKeys) switch
                {
                    "strict" => HostKeyPolicy.Strict,
                    "accept-new" => HostKeyPolicy.AcceptNew,
                    _ => HostKeyPolicy.FromConfiguration,
                },
                Shell = result.GetValue(shell),
            };
        }

        Option? stray = ((Option[])[port, user, identityFile, configurationFile, hostKeys]).FirstOrDefault(option => result.GetResult(option) is not null);
        return stray is null
            ? new LocalConnection { Shell = result.GetValue(shell) }
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"{stray.Name} is for machines with --host; leave it out with --local.");
    }

    // Relative to where the command was called; the driver works elsewhere.
    private static string? FullPath(string? path) => string.IsNullOrEmpty(path) || path.StartsWith('~') ? path : Path.GetFullPath(path);
}
