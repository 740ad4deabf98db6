using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Adds workers: this machine, machines that are reached by ssh, or computers that are reached by WinRM.</summary>
[Cmdlet(VerbsCommon.Add, "Worker", SupportsShouldProcess = true, DefaultParameterSetName = SshSet)]
[OutputType(typeof(WorkerRecord))]
public sealed class AddWorkerCommand : EngineCmdlet
{
    private const string SshSet = "Ssh";
    private const string LocalSet = "Local";
    private const string WinRmSet = "WinRM";

    /// <summary>Host names, addresses or names of the ssh configuration. A worker is named like its host unless <see cref="Name"/> says otherwise.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SshSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [HostNameTransformation]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = [];

    /// <summary>This machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>Names or addresses of computers whose PowerShell is reached by WinRM. A worker is named like its computer unless <see cref="Name"/> says otherwise.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Cn")]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Steps run in PowerShell sessions: over ssh, or each in a PowerShell process of this machine. Such a worker runs PowerShell steps only.</summary>
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

    /// <summary>The worker's name; with several hosts it cannot be given.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = WinRmSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LocalSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The pools it is in; the default pool when none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[] Pool { get; set; } = [];

    /// <summary>Name of the machine policy by which it is checked; the default one when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string? Policy { get; set; }

    /// <summary>Free words to find it by.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Tag { get; set; } = [];

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

    /// <summary>The shell of the worker that runs the engine's half; <c>sh</c> when not given.</summary>
    [Parameter(ParameterSetName = SshSet)]
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>How many steps run on it at once at the most; as many as come when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        string[] machines = ParameterSetName switch { LocalSet => [Name!], WinRmSet => ComputerName, _ => HostName };
        if (Name is not null && machines.Length > 1)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"-Name gives one name, '{Name}', and there are {machines.Length} machines. Leave it out: each worker is named like its machine.", Name);
        }

        string[] pools = Pool.Length > 0 ? Pool : [await DefaultPoolAsync(session, cancellationToken).ConfigureAwait(false)];
        await pipeline.ForEachAsync(machines, async target =>
        {
            WorkerDefinition definition = new(Name ?? target, Connection(target, session), pools) { Tags = Tag, Policy = Policy, MaxSteps = MaxSteps };
            if (await pipeline.ShouldProcessAsync($"Worker '{definition.Name}'", $"Add to {string.Join(", ", pools)}").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutWorkerAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private static async Task<string> DefaultPoolAsync(EngineSession session, CancellationToken cancellationToken)
        => (await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false)).First(pool => pool.IsDefault).Name;

    private WorkerConnection Connection(string machine, EngineSession session)
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
        string? problem = isPowerShell && Shell is not null ? "-Shell is for workers without PowerShell sessions: no POSIX shell is started there. Leave it out."
            : !isPowerShell && MaxSessions is not null ? "-MaxSessions is for workers with PowerShell sessions. Give -PowerShell too, or leave it out."
            : null;
        return problem is not null ? throw new OctoWorkersException(EngineError.InvalidArgument, problem)
            : isPowerShell ? new PowerShellConnection(way) { Subsystem = Subsystem, MaxSessions = MaxSessions }.Seal(session.Secrets.Seal)
            : way;
    }

    // As the person at the prompt means it: from the session's location, which is not the process's.
    private string? Full(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);
}
