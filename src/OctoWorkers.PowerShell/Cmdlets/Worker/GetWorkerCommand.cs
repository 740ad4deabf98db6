using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Gets workers, with their health and leases.</summary>
[Cmdlet(VerbsCommon.Get, "Worker")]
[OutputType(typeof(WorkerRecord))]
public sealed class GetWorkerCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only those in one of these pools.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[] Pool { get; set; } = [];

    /// <summary>Only those with one of these states of health.</summary>
    [Parameter]
    public HealthStatus[] Health { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await session.Engine.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        if (Pool.Length > 0)
        {
            IReadOnlyList<WorkerPoolRecord> pools = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
            HashSet<string> wanted = new(
                Pool.Select(name => NameSelection.Require(pools, pool => pool.Name, name, EngineError.WorkerPoolNotFound, "worker pool").Name),
                EntityName.Comparer);
            workers = [.. workers.Where(worker => worker.Pools.Any(wanted.Contains))];
        }

        workers = Health.Length == 0 ? workers : [.. workers.Where(worker => Health.Contains(worker.Health.Status))];
        await NameSelection.WriteAsync(workers, worker => worker.Name, Name, EngineError.WorkerNotFound, "worker", pipeline).ConfigureAwait(false);
    }
}
