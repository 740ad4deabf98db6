using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;

namespace OctoWorkers.PowerShell.Cmdlets.Machine;

/// <summary>Changes machines, workers or deployment targets. What is not given stays.</summary>
public abstract class MachineChangeCommand : EngineCmdlet
{
    /// <summary>Name of the machine policy by which they are checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string? Policy { get; set; }

    /// <summary>The host of a machine that is reached by ssh.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>The port of a machine that is reached by ssh or WinRM.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The user of a machine that is reached by ssh.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The file of the private key of a machine that is reached by ssh.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>What happens with host keys of a machine that is reached by ssh that are not known yet.</summary>
    [Parameter]
    public HostKeyPolicy? HostKeyPolicy { get; set; }

    /// <summary>The subsystem of the sshd by which PowerShell sessions over ssh are reached.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subsystem { get; set; }

    /// <summary>How many PowerShell sessions are open there at once at the most; 0: as many as usual.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSessions { get; set; }

    /// <summary>The computer that is reached by WinRM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>Whether WinRM speaks TLS.</summary>
    [Parameter]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>How WinRM authenticates the user.</summary>
    [Parameter]
    public WinRmAuthentication? Authentication { get; set; }

    /// <summary>The session configuration that is reached by WinRM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationName { get; set; }

    /// <summary>User and password for WinRM; the password is encrypted before it is stored. An empty credential takes away what was given.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Also writes what was changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is to become different in how they are reached.</summary>
    internal ConnectionChange Change() => new()
    {
        HostName = HostName,
        Port = Port == 0 ? null : Port,
        UserName = UserName,
        KeyFilePath = KeyFilePath is null ? null : GetUnresolvedProviderPathFromPSPath(KeyFilePath),
        HostKeyPolicy = HostKeyPolicy,
        Subsystem = Subsystem,
        MaxSessions = MaxSessions,
        ComputerName = ComputerName,
        UseSsl = MyInvocation.BoundParameters.ContainsKey(nameof(UseSSL)) ? UseSSL.IsPresent : null,
        Authentication = Authentication,
        ConfigurationName = ConfigurationName,
        Credential = Credential,
    };
}
