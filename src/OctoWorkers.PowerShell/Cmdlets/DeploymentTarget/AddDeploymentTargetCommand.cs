using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Adds deployment targets: this machine, or machines that are reached by ssh.</summary>
[Cmdlet(VerbsCommon.Add, "DeploymentTarget", SupportsShouldProcess = true, DefaultParameterSetName = SshSet)]
[OutputType(typeof(DeploymentTargetRecord))]
public sealed class AddDeploymentTargetCommand : EngineCmdlet
{
    private const string SshSet = "Ssh";
    private const string LocalSet = "Local";

    /// <summary>Host names, addresses or names of the ssh configuration. A target is named like its host unless <see cref="Name"/> says otherwise.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SshSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = [];

    /// <summary>This machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>The target's name, which no worker has; with several hosts it cannot be given.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LocalSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The environments it is in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Environment { get; set; } = [];

    /// <summary>The tags that steps choose it by.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetTagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>Name of the machine policy by which it is checked; the default one when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string? Policy { get; set; }

    /// <summary>The port; that of the ssh configuration when not given.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
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

    /// <summary>The shell of the target that runs the engine's half; <c>sh</c> when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>Adds it disabled: no run chooses it.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Lets steps share it where the variable OctopusBypassDeploymentMutex says nothing.</summary>
    [Parameter]
    public SwitchParameter BypassDeploymentMutex { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Name is not null && HostName.Length > 1)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"-Name gives one name, '{Name}', and there are {HostName.Length} hosts. Leave it out: each target is named like its host.", Name);
        }

        await pipeline.ForEachAsync(ParameterSetName == LocalSet ? [Name!] : HostName, async host =>
        {
            DeploymentTargetDefinition definition = new(Name ?? host, Connection(host), Environment, Tag)
            {
                Policy = Policy, Disabled = Disabled, BypassDeploymentMutex = BypassDeploymentMutex,
            };
            if (await pipeline.ShouldProcessAsync($"Deployment target '{definition.Name}'", $"Add to {string.Join(", ", Environment)}").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutTargetAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private WorkerConnection Connection(string host) => ParameterSetName == LocalSet
        ? new LocalConnection { Shell = Shell }
        : new SshConnection(host)
        {
            Port = Port == 0 ? null : Port,
            User = UserName,
            IdentityFile = Full(KeyFilePath),
            ConfigurationFile = Full(ConfigurationFile),
            HostKeyPolicy = HostKeyPolicy,
            Shell = Shell,
        };

    // As the person at the prompt means it: from the session's location, which is not the process's.
    private string? Full(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);
}
