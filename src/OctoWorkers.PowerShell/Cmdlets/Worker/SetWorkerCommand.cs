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

    /// <summary>The port of a worker that is reached by ssh or WinRM.</summary>
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

    /// <summary>The subsystem of the sshd by which PowerShell sessions over ssh are reached.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subsystem { get; set; }

    /// <summary>How many PowerShell sessions are open there at once at the most; 0: as many as usual.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSessions { get; set; }

    /// <summary>The computer of a WinRM worker.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>Whether WinRM speaks TLS.</summary>
    [Parameter]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>How WinRM authenticates the user.</summary>
    [Parameter]
    public WinRmAuthentication? Authentication { get; set; }

    /// <summary>The session configuration of a WinRM worker.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationName { get; set; }

    /// <summary>User and password for WinRM; the password is encrypted before it is stored. An empty credential takes away what was given.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>How many steps run on it at once at the most; 0: as many as come.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <summary>Also writes the changed workers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> all = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        ConnectionChange change = Change();
        await pipeline.ForEachAsync(Name, async name =>
        {
            WorkerRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.WorkerNotFound, "worker");
            WorkerDefinition then = new(now.Name, change.AppliedTo(now, session.Secrets.Seal), Pool ?? now.Pools)
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

    private ConnectionChange Change() => new()
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
