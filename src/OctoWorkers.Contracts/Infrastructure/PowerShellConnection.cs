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
        string? problem = via switch
        {
            LocalConnection or SshConnection => null,
            WinRmConnection winRm => winRm.Problem,
            _ => $"PowerShell sessions are reached over 'local', 'ssh' or 'winrm', not over '{via.Kind}'.",
        };
        Via = problem is null ? via : throw new OctoWorkersException(EngineError.InvalidDefinition, problem, via.Kind);
    }

    /// <inheritdoc/>
    public override string Kind => "powershell";

    /// <summary>How the sessions are reached: <see cref="LocalConnection"/>, <see cref="SshConnection"/> or <see cref="WinRmConnection"/>.</summary>
    public WorkerConnection Via { get; private init; }

    /// <summary>The subsystem of the sshd; null: <see cref="DefaultSubsystem"/>. Other ways have none.</summary>
    public string? Subsystem
    {
        get;
        init => field = value is null || Via is not SshConnection
            ? value is null ? null : throw new OctoWorkersException(EngineError.InvalidDefinition, $"A subsystem belongs to ssh; PowerShell sessions over '{Via.Kind}' have none.", value)
            : value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && value[0] != '-' ? value
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

    /// <summary>The same with its password sealed; itself when there is nothing to seal.</summary>
    /// <param name="seal">Encrypts a text.</param>
    public PowerShellConnection Seal(Func<string, SealedText> seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return Via is WinRmConnection { ClearPassword: not null } winRm ? this with { Via = winRm.Seal(seal) } : this;
    }

    private protected override string Address => Via.ToString();
}
