using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Writes runbooks as YAML, to a file or to the pipeline as text. Secrets are not in it.</summary>
[Cmdlet(VerbsData.Export, "Runbook", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportRunbookCommand : EngineCmdlet
{
    private readonly List<RunbookDefinition> gathered = [];
    private string? file;

    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The file to write; all runbooks of the pipeline go into it. Without it the text goes to the pipeline.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => file = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> chosen = await NameSelection.ChooseAsync(
            await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false),
            record => record.Definition.Name, Name, EngineError.RunbookNotFound, "runbook", pipeline).ConfigureAwait(false);
        if (file is null)
        {
            if (chosen.Count > 0)
            {
                await pipeline.WriteObjectAsync(Text(chosen.Select(record => record.Definition))).ConfigureAwait(false);
            }

            return;
        }

        gathered.AddRange(chosen.Select(record => record.Definition));
    }

    /// <summary>Writes the file, once all runbooks have come.</summary>
    protected override void EndProcessing()
    {
        if (file is null || gathered.Count == 0 || !ShouldProcess(file, $"Write {gathered.Count} runbooks"))
        {
            return;
        }

        try
        {
            using (FileStream stream = new(file, Force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write))
            using (StreamWriter writer = new(stream))
            {
                writer.Write(Text(gathered));
            }

            WriteObject(new FileInfo(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            OctoWorkersException problem = Directory.Exists(file) ? new(EngineError.InvalidArgument, $"'{file}' is a folder. Give the name of a file in it.", file, e)
                : !Force && File.Exists(file) ? new(EngineError.AlreadyExists, $"The file '{file}' is there already; -Force replaces it.", file, e)
                : new(EngineError.InvalidArgument, $"'{file}' cannot be written: {e.Message}", file, e);
            ThrowTerminatingError(ErrorRecords.From(problem));
        }
    }

    private static string Text(IEnumerable<RunbookDefinition> runbooks)
    {
        using StringWriter text = new();
        RunbookWriter.Write([.. runbooks], text);
        return text.ToString();
    }
}
