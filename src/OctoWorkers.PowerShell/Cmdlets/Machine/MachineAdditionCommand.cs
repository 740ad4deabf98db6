using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Machine;

/// <summary>Adds machines, workers or deployment targets: this one, those that are reached by ssh, or computers that are reached by WinRM.</summary>
public abstract class MachineAdditionCommand : EngineCmdlet
{
    internal const string SshSet = "Ssh";
    internal const string LocalSet = "Local";
    internal const string WinRmSet = "WinRM";

    // Behind the host, and behind what else a derived cmdlet has: the first one without a name where those are given by name.
    private const int AfterOthers = 3;

    /// <summary>Host names, addresses or names of the ssh configuration. It is named like its host unless <see cref="Name"/> says otherwise.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SshSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [HostNameTransformation]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = [];

    /// <summary>This machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>Names or addresses of computers whose PowerShell is reached by WinRM. It is named like its computer unless <see cref="Name"/> says otherwise.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Cn")]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Steps run in PowerShell sessions: over ssh, or each in a PowerShell process of this machine. Only PowerShell steps run there then.</summary>
    [Parameter(ParameterSetName = SshSet)]
    [Parameter(ParameterSetName = LocalSet)]
    public SwitchParameter PowerShell { get; set; }

    /// <summary>The subsystem of the sshd that serves PowerShell sessions; <c>powershell</c> when not given. Says -PowerShell too.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Subsystem { get; set; }

    /// <summary>How many PowerShell sessions are open there at once at the most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxSessions { get; set; }

    /// <summary>WinRM speaks TLS.</summary>
    [Parameter(ParameterSetName = WinRmSet)]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>How WinRM authenticates the user; as both machines agree when not given.</summary>
    [Parameter(ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    public WinRmAuthentication Authentication { get; set; }

    /// <summary>The session configuration there; the computer's own default when not given.</summary>
    [Parameter(ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationName { get; set; }

    /// <summary>User and password for WinRM; the password is encrypted before it is stored. Who runs the engine when not given.</summary>
    [Parameter(ParameterSetName = WinRmSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Its name; with several hosts it cannot be given.</summary>
    [Parameter(Position = AfterOthers, ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = AfterOthers, ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LocalSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Name of the machine policy by which it is checked; the default one when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string? Policy { get; set; }

    /// <summary>The port; that of the ssh configuration when not given, and of WinRM 5985, or 5986 with TLS.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The user; that of the ssh configuration when not given.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The file of the private key; those of the ssh configuration and the agent when not given.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>Another ssh configuration file than the user's.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationFile { get; set; }

    /// <summary>What happens with host keys that are not known yet.</summary>
    [Parameter(ParameterSetName = SshSet)]
    public HostKeyPolicy HostKeyPolicy { get; set; }

    /// <summary>The shell there that runs the engine's half; <c>sh</c> when not given.</summary>
    [Parameter(ParameterSetName = SshSet)]
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>The machines to be added: hosts, computers, or the name of this machine.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when one name is given for several.</exception>
    internal IReadOnlyList<string> Machines()
    {
        string[] machines = ParameterSetName switch { LocalSet => [Name!], WinRmSet => ComputerName, _ => HostName };
        return Name is null || machines.Length == 1 ? machines : throw new OctoWorkersException(
            EngineError.InvalidArgument, $"-Name gives one name, '{Name}', and there are {machines.Length} machines. Leave it out: each is named like its machine.", Name);
    }

    /// <summary>How a machine is reached; the password is sealed.</summary>
    internal WorkerConnection Connection(string machine, EngineSession session)
    {
        WorkerConnection way = ParameterSetName switch
        {
            LocalSet => new LocalConnection { Shell = Shell },
            WinRmSet => WinRmCredential.Given(
                new WinRmConnection(machine)
                {
                    Port = Port == 0 ? null : Port, UseSsl = UseSSL, Authentication = Authentication, ConfigurationName = ConfigurationName,
                },
                Credential),
            _ => new SshConnection(machine)
            {
                Port = Port == 0 ? null : Port,
                User = UserName,
                IdentityFile = Full(KeyFilePath),
                ConfigurationFile = Full(ConfigurationFile),
                HostKeyPolicy = HostKeyPolicy,
                Shell = Shell,
            },
        };
        bool isPowerShell = PowerShell || Subsystem is not null || ParameterSetName == WinRmSet;
        string? problem = isPowerShell && Shell is not null ? "-Shell is for machines without PowerShell sessions: no POSIX shell is started there. Leave it out."
            : !isPowerShell && MaxSessions is not null ? "-MaxSessions is for machines with PowerShell sessions. Give -PowerShell too, or leave it out."
            : null;
        return problem is not null ? throw new OctoWorkersException(EngineError.InvalidArgument, problem)
            : isPowerShell ? new PowerShellConnection(way) { Subsystem = Subsystem, MaxSessions = MaxSessions }.Seal(session.Secrets.Seal)
            : way;
    }

    // As the person at the prompt means it: from the session's location, which is not the process's.
    private string? Full(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);
}
