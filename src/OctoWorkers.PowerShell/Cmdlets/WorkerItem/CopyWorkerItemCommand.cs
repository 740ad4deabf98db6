using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Remoting;
using OctoWorkers.PowerShell.Remoting.Copying;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerItem;

/// <summary>Copies files and folders to workers or from workers, on many at once, and goes on where a broken transfer ended.</summary>
[Cmdlet(VerbsCommon.Copy, "WorkerItem", SupportsShouldProcess = true, DefaultParameterSetName = ToSet)]
[OutputType(typeof(CopiedItem))]
public sealed class CopyWorkerItemCommand : StreamingCmdlet<CopySource>
{
    private const string ToSet = "To";
    private const string FromSet = "From";
    private const string ToLiteralSet = "ToLiteral";
    private const string FromLiteralSet = "FromLiteral";
    private const string FileSystemPrefix = @"Microsoft.PowerShell.Core\FileSystem::";

    private string place = "";

    /// <summary>The files and folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ToSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FromSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files and folders, as they are called.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToLiteralSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = FromLiteralSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where they go.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Names of the workers that they go to; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToSet)]
    [Parameter(Mandatory = true, ParameterSetName = ToLiteralSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] ToWorker { get; set; } = [];

    /// <summary>Names of the workers that they come from; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSet)]
    [Parameter(Mandatory = true, ParameterSetName = FromLiteralSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] FromWorker { get; set; } = [];

    /// <summary>Folders with all that they hold.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>On how many workers at once.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 16;

    private bool IsTo => ParameterSetName is ToSet or ToLiteralSet;

    private bool IsLiteral => ParameterSetName is ToLiteralSet or FromLiteralSet;

    /// <inheritdoc/>
    protected override void Prepare() => place = IsTo ? Destination : SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);

    /// <inheritdoc/>
    protected override IEnumerable<CopySource> Take()
    {
        IEnumerable<CopySource> given = IsLiteral ? LiteralPath.Select(static path => new CopySource(path, true)) : Path.Select(static path => new CopySource(path, false));
        return IsTo
            ? given.SelectMany(source => Found(source).Select(static path => new CopySource(path, true)))
            : given.Select(static source => source.Path.StartsWith(FileSystemPrefix, StringComparison.Ordinal) ? source with { Path = source.Path[FileSystemPrefix.Length..] } : source);
    }

    private Collection<string> Found(CopySource source)
    {
        string problem = $"'{source.Path}' is not there, or nothing matches it. -LiteralPath takes names with [, ], * and ? as they are.";
        try
        {
            if (!source.IsLiteral && SessionState.Path.GetResolvedProviderPathFromPSPath(source.Path, out _) is { Count: > 0 } found)
            {
                return found;
            }

            if (source.IsLiteral)
            {
                string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(source.Path);
                if (System.IO.Path.Exists(path))
                {
                    return [path];
                }

                problem = $"'{source.Path}' is not there.";
            }
        }
        catch (ItemNotFoundException e)
        {
            problem = source.Path.AsSpan().ContainsAny("[]*?") ? problem : e.Message;
        }

        WriteError(new(new ItemNotFoundException(problem), "PathNotFound", ErrorCategory.ObjectNotFound, source.Path));
        return [];
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, ChannelReader<CopySource> given, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        List<CopySource> sources = [];
        await foreach (CopySource source in given.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            sources.Add(source);
        }

        if (sources.Count == 0)
        {
            return;
        }

        IReadOnlyList<WorkerRecord> workers = await NamedWorkers.FindAsync(
            session, IsTo ? ToWorker : FromWorker, [], isPreview: false, pipeline, cancellationToken).ConfigureAwait(false);
        ParallelOptions options = new() { MaxDegreeOfParallelism = ThrottleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(workers.Index(), options, async (one, token) =>
        {
            try
            {
                await CopyAsync(session, one.Item, one.Index + 1, workers.Count > 1, sources, pipeline, token).ConfigureAwait(false);
            }
            catch (OctoWorkersException e)
            {
                await pipeline.WriteErrorAsync(WorkerErrors.Of(e, one.Item.Name, null, OutputMask.None)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        EngineSession session, WorkerRecord worker, int number, bool isOneOfMany, IReadOnlyList<CopySource> sources, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        CommandSession rented = await CommandSession.OpenAsync(worker, session.Sessions, isUnused: false, cancellationToken).ConfigureAwait(false);
        bool isWhole = false;
        try
        {
            SessionDialogue dialogue = new(rented, IsTo ? "receive" : "send");
            await using (dialogue.ConfigureAwait(false))
            {
                CopyProgress progress = new(pipeline, number, worker.Name);
                if (IsTo)
                {
                    await new CopyToWorker(dialogue, pipeline, progress).CopyAsync([.. sources.Select(source => source.Path)], place, Recurse, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    // What comes from several workers goes into a folder for each.
                    string target = isOneOfMany ? System.IO.Path.Combine(place, worker.Name) : place;
                    await new CopyFromWorker(dialogue, pipeline, progress)
                        .CopyAsync(sources, target, isOneOfMany || Destination[^1] is '/' or '\\', Recurse, cancellationToken).ConfigureAwait(false);
                }

                await progress.CloseAsync().ConfigureAwait(false);
            }

            isWhole = dialogue.HasEndedByItself;
        }
        finally
        {
            session.Closings.Add(isWhole ? rented.GiveBackAsync(Task.FromResult(true)) : rented.DisposeAsync().AsTask());
        }
    }
}
