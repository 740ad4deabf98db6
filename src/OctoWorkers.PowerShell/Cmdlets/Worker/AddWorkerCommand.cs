using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Adds workers: this machine, or machines that are reached by ssh.</summary>
[Cmdlet(VerbsCommon.Add, "Worker", SupportsShouldProcess = true, DefaultParameterSetName = SshSet)]
[OutputType(typeof(WorkerRecord))]
public sealed class AddWorkerCommand : EngineCmdlet
{
    private const string SshSet = "Ssh";
    private const string LocalSet = "Local";

    /// <summary>Host names, addresses or names of the ssh configuration. A worker is named like its host unless <see cref="Name"/> says otherwise.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SshSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = [];

    /// <summary>This machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>The worker's name; with several hosts it cannot be given.</summary>
    [Parameter(ParameterSetName = SshSet, ValueFromPipelineByPropertyName = true)]
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

    /// <summary>The shell of the worker that runs the engine's half; <c>sh</c> when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>How many steps run on it at once at the most; as many as come when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Name is not null && HostName.Length > 1)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"-Name gives one name, '{Name}', and there are {HostName.Length} hosts. Leave it out: each worker is named like its host.", Name);
        }

        string[] pools = Pool.Length > 0 ? Pool : [await DefaultPoolAsync(session, cancellationToken).ConfigureAwait(false)];
        await pipeline.ForEachAsync(ParameterSetName == LocalSet ? [Name!] : HostName, async target =>
        {
            WorkerDefinition definition = new(Name ?? target, Connection(target), pools) { Tags = Tag, Policy = Policy, MaxSteps = MaxSteps };
            if (await pipeline.ShouldProcessAsync($"Worker '{definition.Name}'", $"Add to {string.Join(", ", pools)}").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutWorkerAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private static async Task<string> DefaultPoolAsync(EngineSession session, CancellationToken cancellationToken)
        => (await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false)).First(pool => pool.IsDefault).Name;

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
