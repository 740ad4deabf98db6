using System.Buffers;

namespace OctoWorkers;

/// <summary>A Windows machine's WinRM service; a way for <see cref="PowerShellConnection"/>.</summary>
public sealed record WinRmConnection : WorkerConnection
{
    private static readonly SearchValues<char> NeverInNames = SearchValues.Create(" \t\r\n\0'\"`$;|&<>()\\/@");

    /// <summary>Makes a connection.</summary>
    /// <param name="computerName">Host name or address.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public WinRmConnection(string computerName)
    {
        ComputerName = !string.IsNullOrWhiteSpace(computerName) && computerName[0] != '-' && computerName.AsSpan().IndexOfAny(NeverInNames) < 0
            ? computerName
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"'{computerName}' is no name or address of a computer.", computerName);
    }

    /// <inheritdoc/>
    public override string Kind => "winrm";

    /// <summary>Host name or address.</summary>
    public string ComputerName { get; }

    /// <summary>TCP port; null: 5985, or 5986 with TLS.</summary>
    public int? Port
    {
        get;
        init => field = value is null or (> 0 and <= 65535)
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The WinRM port {value} is not one of 1 to 65535.", value);
    }

    /// <summary>Whether TLS is spoken.</summary>
    public bool UseSsl { get; init; }

    /// <summary>How the user is authenticated.</summary>
    public WinRmAuthentication Authentication { get; init; }

    /// <summary>The session configuration there; null: the machine's own default.</summary>
    public string? ConfigurationName { get; init; }

    /// <summary>User name there; null: the user of this process.</summary>
    public string? User { get; init; }

    /// <summary>The user's password, sealed; null where none is needed.</summary>
    public SealedText? Password { get; init; }
}
