namespace OctoWorkers;

/// <summary>
/// A machine reached through PowerShell remoting: its steps are PowerShell scripts, each in a session of its own, and nothing but PowerShell need be there.
/// </summary>
public sealed record PowerShellConnection : WorkerConnection
{
    /// <summary>The subsystem of an sshd that serves PowerShell sessions, unless a connection names another.</summary>
    public const string DefaultSubsystem = "powershell";

    /// <summary>Makes a connection.</summary>
    /// <param name="via">How the sessions are reached: a process of this machine, ssh, or WinRM.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when sessions are not reached that way.</exception>
    public PowerShellConnection(WorkerConnection via)
    {
        ArgumentNullException.ThrowIfNull(via);
        Via = via is LocalConnection or SshConnection or WinRmConnection
            ? via
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"PowerShell sessions are reached over 'local', 'ssh' or 'winrm', not over '{via.Kind}'.", via.Kind);
    }

    /// <inheritdoc/>
    public override string Kind => "powershell";

    /// <summary>How the sessions are reached: <see cref="LocalConnection"/>, <see cref="SshConnection"/> or <see cref="WinRmConnection"/>.</summary>
    public WorkerConnection Via { get; }

    /// <summary>The subsystem of the sshd; null: <see cref="DefaultSubsystem"/>. Of other ways it is not asked.</summary>
    public string? Subsystem
    {
        get;
        init => field = value is null || (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && value[0] != '-')
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The ssh subsystem '{value}' is no name of one: letters, digits, '-', '_' and '.'.", value);
    }

    /// <summary>How many sessions this process keeps open on the machine at once at the most, warm ones among them; null: 16.</summary>
    public int? MaxSessions
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The number of sessions {value} is not at least 1.", value);
    }
}
