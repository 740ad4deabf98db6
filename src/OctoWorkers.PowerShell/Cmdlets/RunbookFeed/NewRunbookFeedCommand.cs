using System.Management.Automation;
using OctoWorkers.Engine.Packages;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookFeed;

/// <summary>Adds a feed of packages.</summary>
[Cmdlet(VerbsCommon.New, "RunbookFeed", SupportsShouldProcess = true)]
[OutputType(typeof(FeedRecord))]
public sealed class NewRunbookFeedCommand : EngineCmdlet
{
    private string folder = "";

    /// <summary>The feed's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The folder with files such as Acme.Web.1.2.3.zip.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What it is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <inheritdoc/>
    protected override void Prepare() => folder = GetUnresolvedProviderPathFromPSPath(Path);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        FeedDefinition definition = new(Name, folder) { Description = Description };
        FeedFolder.Require(definition);
        if (await pipeline.ShouldProcessAsync($"Feed '{Name}'", "Add").ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(
                await session.Store.PutFeedAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
