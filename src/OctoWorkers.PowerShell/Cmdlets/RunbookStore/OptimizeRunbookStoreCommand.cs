using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookStore;

/// <summary>Gives the space of removed runs back to the disk.</summary>
[Cmdlet(VerbsCommon.Optimize, "RunbookStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreCompaction))]
public sealed class OptimizeRunbookStoreCommand : EngineCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync(session.Home, "Compact the store").ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(await session.Store.CompactAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
