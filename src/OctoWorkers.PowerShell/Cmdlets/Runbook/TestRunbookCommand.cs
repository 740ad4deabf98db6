using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Reads definition files and writes each thing that is wrong in them as an error with its place; changes nothing. Writes whether all is well.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Runbook")]
[OutputType(typeof(bool))]
public sealed class TestRunbookCommand : EngineCmdlet
{
    private string[] files = [];

    /// <summary>Files, and folders that are read with what is below them; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>They may refer to each other only, not to what the store holds.</summary>
    [Parameter]
    public SwitchParameter Alone { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => files = DefinitionPaths.Of(this, Path);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        bool isValid = true;
        try
        {
            DefinitionSet definitions = await DefinitionReader.ReadAsync(files, cancellationToken).ConfigureAwait(false);
            if (Alone)
            {
                DefinitionCheck.Require(definitions);
            }
            else
            {
                DefinitionCheck.Require(definitions, await session.Store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (InvalidDefinitionsException e)
        {
            isValid = false;
            await pipeline.WriteProblemsAsync(e).ConfigureAwait(false);
        }

        await pipeline.WriteObjectAsync(isValid).ConfigureAwait(false);
    }
}
