using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
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

    /// <summary>Refuses parameters that do not go together.</summary>
    private protected virtual void Check()
    {
    }

    private protected virtual Task<WorkerRecord> ChangeAsync(EngineSession session, string name, CancellationToken cancellationToken)
        => session.Store.SetWorkerStateAsync(name, Target, cancellationToken);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        Check();
        IReadOnlyList<WorkerRecord> all = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            Named.Worker(all, name);
            if (await pipeline.ShouldProcessAsync($"Worker '{name}'", Action).ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(PassThru, await ChangeAsync(session, name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
