using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerLease;

/// <summary>Gets the leases that runs have on workers now, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "WorkerLease")]
[OutputType(typeof(OctoWorkers.WorkerLease))]
public sealed class GetWorkerLeaseCommand : EngineCmdlet
{
    /// <summary>Only those on these workers; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Worker { get; set; } = [];

    /// <summary>Only those of these runs.</summary>
    [Parameter]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId[] Run { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        WildcardPattern[] patterns = [.. Worker.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        foreach (OctoWorkers.WorkerLease lease in await session.Store.GetLeasesAsync(cancellationToken).ConfigureAwait(false))
        {
            bool isWanted = (Run.Length == 0 || Run.Contains(lease.Run))
                && (Worker.Length == 0 || Worker.Contains(lease.WorkerName, EntityName.Comparer) || patterns.Any(pattern => pattern.IsMatch(lease.WorkerName)));
            if (isWanted)
            {
                await pipeline.WriteObjectAsync(lease).ConfigureAwait(false);
            }
        }
    }
}
