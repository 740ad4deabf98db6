using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>What the cmdlets that change a worker's state have in common.</summary>
public abstract class WorkerStateCommand : EngineCmdlet
{
    /// <summary>Names of the workers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Also writes the changed workers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract WorkerState Target { get; }

    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            if (await pipeline.ShouldProcessAsync($"Worker '{name}'", Action).ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.SetWorkerStateAsync(name, Target, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
