using System.Management.Automation;
using OctoWorkers.Engine.Logs;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookLog;

/// <summary>Writes the logs of runs to files.</summary>
[Cmdlet(VerbsData.Export, "RunbookLog", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportRunbookLogCommand : EngineCmdlet
{
    private string target = "";

    /// <summary>The runs: ids, numbers, or what Get-RunbookRun gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId[] Id { get; set; } = [];

    /// <summary>The file; or an existing folder, in which each log is named like its run. The current location when not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>The form of the file.</summary>
    [Parameter]
    public LogFormat Format { get; set; }

    /// <summary>Only this step, a name or a number; 0 is what the run itself says.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunStepCompleter))]
    public string? Step { get; set; }

    /// <summary>Goes on until the run has ended.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Replaces files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => target = GetUnresolvedProviderPathFromPSPath(Path);

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            int? step = RunStep.Find(await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false), Step);
            LogExportOptions options = new() { Format = Format, Step = step, Follows = Wait, Overwrites = Force };
            string file = Directory.Exists(target) ? System.IO.Path.Combine(target, $"{id}.{(Format == LogFormat.JsonLines ? "jsonl" : "log")}") : target;
            if (await pipeline.ShouldProcessAsync(file, $"Write the log of {id}").ConfigureAwait(false))
            {
                await session.Engine.ExportLogAsync(id, file, options, cancellationToken).ConfigureAwait(false);
                await pipeline.WriteObjectAsync(new FileInfo(file)).ConfigureAwait(false);
            }
        });
}
