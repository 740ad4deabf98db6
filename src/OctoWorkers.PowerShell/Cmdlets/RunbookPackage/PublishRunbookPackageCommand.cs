using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookPackage;

/// <summary>Puts packages into a feed.</summary>
[Cmdlet(VerbsData.Publish, "RunbookPackage", SupportsShouldProcess = true)]
[OutputType(typeof(PackageRecord))]
public sealed class PublishRunbookPackageCommand : EngineCmdlet
{
    /// <summary>The files: Id.1.2.3.zip, .nupkg or .tar.gz.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The feed; the built-in one when none is named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FeedNameCompleter))]
    public string? Feed { get; set; }

    /// <summary>Replaces other bytes under the same version.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => Path = [.. Path.Select(GetUnresolvedProviderPathFromPSPath)];

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Path, async path =>
        {
            if (await pipeline.ShouldProcessAsync(path, $"Push to feed '{Feed ?? FeedRecord.BuiltInName}'").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Engine.PushPackageAsync(path, Feed, Force, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
