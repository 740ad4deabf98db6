using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Changes the pools, tags, cap of steps or connection of workers. What is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "Worker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerRecord))]
public sealed class SetWorkerCommand : EngineCmdlet
{
    /// <summary>Names of the workers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The pools it is to be in, and no others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[]? Pool { get; set; }

    /// <summary>The words to find it by, and no others.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Tag { get; set; }

    /// <summary>Name of the machine policy by which it is checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string? Policy { get; set; }

    /// <summary>The host of an ssh worker.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>The port of an ssh worker.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The user of an ssh worker.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The file of the private key of an ssh worker.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>What happens with host keys of an ssh worker that are not known yet.</summary>
    [Parameter]
    public HostKeyPolicy? HostKeyPolicy { get; set; }

    /// <summary>How many steps run on it at once at the most; 0: as many as come.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <summary>Also writes the changed workers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool ChangesConnection => HostName is not null || Port != 0 || UserName is not null || KeyFilePath is not null || HostKeyPolicy is not null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> all = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            WorkerRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.WorkerNotFound, "worker");
            WorkerDefinition then = new(now.Name, ChangesConnection ? Changed(now) : now.Connection, Pool ?? now.Pools)
            {
                Tags = Tag ?? now.Tags,
                Policy = Policy ?? now.Policy,
                State = now.State,
                MaxSteps = MaxSteps is { } most ? (most == 0 ? null : most) : now.MaxSteps,
            };
            if (await pipeline.ShouldProcessAsync($"Worker '{now.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.PutWorkerAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private SshConnection Changed(WorkerRecord worker) => worker.Connection is SshConnection now
        ? new SshConnection(HostName ?? now.Host)
        {
            Port = Port == 0 ? now.Port : Port,
            User = UserName ?? now.User,
            IdentityFile = KeyFilePath is null ? now.IdentityFile : GetUnresolvedProviderPathFromPSPath(KeyFilePath),
            ConfigurationFile = now.ConfigurationFile,
            HostKeyPolicy = HostKeyPolicy ?? now.HostKeyPolicy,
            Shell = now.Shell,
        }
        : throw new OctoWorkersException(
            EngineError.InvalidArgument,
            $"Worker '{worker.Name}' is reached by {worker.Connection.Kind}, not by ssh: it has no host, port, user or key. Remove it and add it anew to reach it otherwise.",
            worker.Name);
}
