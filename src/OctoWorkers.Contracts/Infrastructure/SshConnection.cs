using System.Buffers;

namespace OctoWorkers;

/// <summary>
/// A machine reached by the OpenSSH client with the user's own ssh configuration; what is null here is left to that configuration.
/// </summary>
public sealed record SshConnection : WorkerConnection
{
    private static readonly SearchValues<char> NeverInNames = SearchValues.Create(" \t\r\n\0'\"`$;|&<>()\\");

    /// <summary>Makes a connection, checking that no part of it can be taken for an option of <c>ssh</c>.</summary>
    /// <param name="host">Host name, address, or an alias of the ssh configuration.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public SshConnection(string host)
    {
        Host = Checked(host, "host");
    }

    /// <inheritdoc/>
    public override string Kind => "ssh";

    /// <summary>Host name, address, or an alias of the ssh configuration.</summary>
    public string Host { get; }

    /// <summary>TCP port; null: as configured.</summary>
    public int? Port
    {
        get;
        init => field = value is null or (> 0 and <= 65535)
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The ssh port {value} is not one of 1 to 65535.", value);
    }

    /// <summary>User name there; null: as configured.</summary>
    public string? User
    {
        get;
        init => field = value is null ? null : Checked(value, "user");
    }

    /// <summary>Path of a private key on the engine's machine; null: as configured.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Path of an ssh configuration file (<c>ssh -F</c>); null: the user's own.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>What to do about an unknown host key.</summary>
    public HostKeyPolicy HostKeyPolicy { get; init; }

    private protected override string Address => Machine(User, Host, Port);

    private static string Checked(string value, string what)
    {
        string? problem = string.IsNullOrWhiteSpace(value) ? "is empty"
            : value[0] == '-' ? "begins with '-', so ssh would take it for an option"
            : value.AsSpan().IndexOfAny(NeverInNames) >= 0 ? "holds a character that no host or user name has"
            : what == "host" && value.Contains('@') ? "holds '@': give the user name as 'user'"
            : null;
        return problem is null
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The ssh {what} '{value}' {problem}.", value);
    }
}
