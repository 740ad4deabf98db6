using System.Management.Automation;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.PowerShell.Cmdlets.RunbookRun;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookArtifact;

/// <summary>Gets the files that the steps of runs kept.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookArtifact")]
[OutputType(typeof(RunArtifact))]
public sealed class GetRunbookArtifactCommand : RunIdCommand
{
    /// <summary>Names of artifacts; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RunArtifact> all = RunArtifacts.Collected(id, await session.Store.GetEventsAsync(id, cancellationToken).ConfigureAwait(false));
            await NameSelection.WriteAsync(all, artifact => artifact.Name, Name, EngineError.ArtifactNotFound, $"artifact of {id}", pipeline).ConfigureAwait(false);
        });
}
