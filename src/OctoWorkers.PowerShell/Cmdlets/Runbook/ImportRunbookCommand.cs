using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Applies definition files: runbooks, and the environments, pools and workers beside them. All of it is stored, or nothing.</summary>
[Cmdlet(VerbsData.Import, "Runbook", SupportsShouldProcess = true)]
[OutputType(typeof(DefinitionChange))]
public sealed class ImportRunbookCommand : EngineCmdlet
{
    private string[] files = [];

    /// <summary>Files, and folders that are read with what is below them; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void Prepare() => files = DefinitionPaths.Of(this, Path);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(session, pipeline, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDefinitionsException e)
        {
            await pipeline.WriteProblemsAsync(e).ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        DefinitionSet definitions = await DefinitionReader.ReadAsync(files, cancellationToken).ConfigureAwait(false);
        if (!await pipeline.ShouldProcessAsync(string.Join(", ", files), "Apply the definitions").ConfigureAwait(false))
        {
            return;
        }

        foreach (DefinitionChange change in await DefinitionApplication.ApplyAsync(session.Store, definitions, session.Secrets, TimeProvider.System, cancellationToken).ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(change).ConfigureAwait(false);
        }
    }
}
