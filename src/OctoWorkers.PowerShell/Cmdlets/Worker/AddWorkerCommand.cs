using System.Management.Automation;
using OctoWorkers.PowerShell.Cmdlets.Machine;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Adds workers: this machine, machines that are reached by ssh, or computers that are reached by WinRM.</summary>
[Cmdlet(VerbsCommon.Add, "Worker", SupportsShouldProcess = true, DefaultParameterSetName = SshSet)]
[OutputType(typeof(WorkerRecord))]
public sealed class AddWorkerCommand : MachineAdditionCommand
{
    /// <summary>The pools it is in; the default pool when none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[] Pool { get; set; } = [];

    /// <summary>Free words to find it by.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Tag { get; set; } = [];

    /// <summary>How many steps run on it at once at the most; as many as come when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        string[] pools = Pool.Length > 0 ? Pool : [await DefaultPoolAsync(session, cancellationToken).ConfigureAwait(false)];
        await pipeline.ForEachAsync(Machines(), async target =>
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
}
