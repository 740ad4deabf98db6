using System.Management.Automation;
using OctoWorkers.Engine.Workers;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Checks workers now, several at once, and keeps what was found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Worker")]
[OutputType(typeof(WorkerRecord))]
public sealed class TestWorkerCommand : EngineCmdlet
{
    private const int AtOnce = 16;

    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkerRecord> chosen = await NameSelection.ChooseAsync(
            workers, worker => worker.Name, Name, EngineError.WorkerNotFound, "worker", pipeline).ConfigureAwait(false);
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chosen, options, async (worker, token) =>
        {
            WorkerCheck check = await session.Engine.CheckWorkerAsync(worker, token).ConfigureAwait(false);
            await pipeline.WriteObjectAsync(worker with { Health = check.Health }).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
