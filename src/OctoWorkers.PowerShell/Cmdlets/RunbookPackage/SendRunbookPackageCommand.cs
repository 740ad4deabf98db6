using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookPackage;

/// <summary>Brings packages to the caches of workers ahead of the runs that use them.</summary>
[Cmdlet(VerbsCommunications.Send, "RunbookPackage", SupportsShouldProcess = true)]
[OutputType(typeof(AcquiredPackage))]
public sealed class SendRunbookPackageCommand : EngineCmdlet
{
    /// <summary>The packages: ids, hashtables as of New-RunbookStep, or what Get-RunbookPackage gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [PackageReferenceTransformation]
    [ArgumentCompleter(typeof(PackageIdCompleter))]
    public PackageReference[] Package { get; set; } = [];

    /// <summary>The workers; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Worker { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await NameSelection.ChooseAsync(
            await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), worker => worker.Name, Worker, EngineError.WorkerNotFound, "worker", pipeline).ConfigureAwait(false);
        await pipeline.ForEachAsync(workers.SelectMany(worker => Package.Select(package => (worker, package))), async one =>
        {
            if (await pipeline.ShouldProcessAsync($"Worker '{one.worker.Name}'", $"Send package '{one.package.PackageId}'").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(await session.Engine.AcquirePackageAsync(
                    one.package, one.worker, static _ => Task.CompletedTask, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
