using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookPackage;

/// <summary>Gets the packages of a feed.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookPackage")]
[OutputType(typeof(PackageRecord))]
public sealed class GetRunbookPackageCommand : EngineCmdlet
{
    /// <summary>Ids of packages; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PackageIdCompleter))]
    public string[] PackageId { get; set; } = [];

    /// <summary>The feed; the built-in one when none is named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FeedNameCompleter))]
    public string? Feed { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Engine.GetPackagesAsync(Feed, cancellationToken).ConfigureAwait(false),
            package => package.PackageId, PackageId, EngineError.PackageNotFound, "package", pipeline).ConfigureAwait(false);
}
