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
    public string? ConfigurationName
    {
        get;
        init => field = Checked(value, "name of a session configuration");
    }

    /// <summary>User name there, perhaps with its domain (<c>DOMAIN\ana</c>, <c>ana@example.org</c>); null: the user of this process.</summary>
    public string? User
    {
        get;
        init => field = Checked(value, "user name");
    }

    /// <summary>The user's password, sealed; null where none is needed.</summary>
    public SealedText? Password { get; init; }

    /// <summary>The user's password until it is sealed, and null from then on: no store takes it.</summary>
    public string? ClearPassword { get; private init; }

    /// <summary>What of its parts does not go together; null when all does.</summary>
    internal string? Problem
        => User is null && (Password is not null || ClearPassword is not null)
                ? $"A password is given for '{ComputerName}', and no user that has it. Give the user name too."
            : Authentication == WinRmAuthentication.Basic && !UseSsl
                ? $"Basic authentication sends the password of '{ComputerName}' as it is. Use TLS with it, or another authentication."
            : Authentication is WinRmAuthentication.Basic or WinRmAuthentication.CredSsp && Password is null && ClearPassword is null
                ? $"{Authentication} authentication at '{ComputerName}' needs a user name and a password."
            : null;

    /// <summary>The same with a password that is not sealed yet.</summary>
    /// <param name="password">The password.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is empty or holds a NUL; the message does not show it.</exception>
    public WinRmConnection WithPassword(string password)
        => string.IsNullOrEmpty(password) || password.Contains('\0', StringComparison.Ordinal)
            ? throw new OctoWorkersException(EngineError.InvalidDefinition, $"The password for '{ComputerName}' is empty or holds a NUL character. Give another.", ComputerName)
            : this with { Password = null, ClearPassword = password };

    /// <summary>The same with its password sealed; itself when there is nothing to seal.</summary>
    /// <param name="seal">Encrypts a text.</param>
    public WinRmConnection Seal(Func<string, SealedText> seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return ClearPassword is { } password ? this with { ClearPassword = null, Password = seal(password) } : this;
    }

    private protected override string Address => Machine(User, ComputerName, Port);

    private static string? Checked(string? value, string what)
        => value is null || (!string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl))
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"'{value}' is no {what}.", value);
}
