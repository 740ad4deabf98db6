using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookFeed;

/// <summary>Removes feeds of packages.</summary>
[Cmdlet(VerbsCommon.Remove, "RunbookFeed", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveRunbookFeedCommand : EngineCmdlet
{
    /// <summary>Names of the feeds.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FeedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedRecord> all = await session.Store.GetFeedsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.RemoveEachAsync(
            Name, "Feed", name => Named.Feed(all, name).Name, name => session.Store.RemoveFeedAsync(name, cancellationToken)).ConfigureAwait(false);
    }
}
