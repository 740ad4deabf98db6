using System.Management.Automation;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookArtifact;

/// <summary>Writes artifacts to files.</summary>
[Cmdlet(VerbsData.Save, "RunbookArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveRunbookArtifactCommand : EngineCmdlet
{
    private string folder = "";

    /// <summary>The artifacts, as Get-RunbookArtifact gives them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public RunArtifact[] InputObject { get; set; } = [];

    /// <summary>The folder to write to; it is made when it is not there. The current location when not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Replaces files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => folder = GetUnresolvedProviderPathFromPSPath(Path);

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(InputObject, async artifact =>
        {
            string file = System.IO.Path.Combine(folder, RunArtifacts.FileName(artifact));
            if (await pipeline.ShouldProcessAsync(file, $"Write artifact '{artifact.Name}' of {artifact.Run}").ConfigureAwait(false))
            {
                await WriteAsync(session, artifact, file, cancellationToken).ConfigureAwait(false);
                await pipeline.WriteObjectAsync(new FileInfo(file)).ConfigureAwait(false);
            }
        });

    private async Task WriteAsync(EngineSession session, RunArtifact artifact, string file, CancellationToken cancellationToken)
    {
        Stream source = session.Artifacts.OpenRead(artifact.Run, artifact.StoredAs);
        await using (source.ConfigureAwait(false))
        {
            try
            {
                Directory.CreateDirectory(folder);
                await ArtifactFile.WriteAsync(source, file, Force, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                string remedy = !Force && File.Exists(file) ? " It is there already; -Force replaces it." : "";
                throw new OctoWorkersException(EngineError.InvalidArgument, $"'{file}' cannot be written: {e.Message}{remedy}", file, e);
            }
        }
    }
}
