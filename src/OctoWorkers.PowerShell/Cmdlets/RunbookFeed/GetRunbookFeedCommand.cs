using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookFeed;

/// <summary>Gets feeds of packages.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookFeed")]
[OutputType(typeof(FeedRecord))]
public sealed class GetRunbookFeedCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FeedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Engine.GetFeedsAsync(cancellationToken).ConfigureAwait(false),
            feed => feed.Name, Name, EngineError.FeedNotFound, "feed", pipeline).ConfigureAwait(false);
}
