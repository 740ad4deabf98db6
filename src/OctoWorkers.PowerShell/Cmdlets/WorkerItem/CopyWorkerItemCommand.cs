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
public sealed class CopyWorkerItemCommand : StreamingCmdlet<string>
{
    private const string ToSet = "To";
    private const string FromSet = "From";

    private string place = "";

    /// <summary>The files and folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Where they go.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Names of the workers that they go to; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] ToWorker { get; set; } = [];

    /// <summary>Names of the workers that they come from; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSet)]
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

    private bool IsTo => ParameterSetName == ToSet;

    /// <inheritdoc/>
    protected override void Prepare() => place = IsTo ? Destination : SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);

    /// <inheritdoc/>
    protected override IEnumerable<string> Take()
    {
        if (!IsTo)
        {
            return Path;
        }

        List<string> found = [];
        foreach (string path in Path)
        {
            try
            {
                found.AddRange(SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _));
            }
            catch (ItemNotFoundException e)
            {
                WriteError(new(e, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, ChannelReader<string> given, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        List<string> sources = [];
        await foreach (string source in given.ReadAllAsync(cancellationToken).ConfigureAwait(false))
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
        EngineSession session, WorkerRecord worker, int number, bool isOneOfMany, IReadOnlyList<string> sources, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        CommandSession rented = await CommandSession.OpenAsync(worker, session.Sessions, cancellationToken).ConfigureAwait(false);
        try
        {
            SessionDialogue dialogue = new(rented, IsTo ? "receive" : "send");
            await using (dialogue.ConfigureAwait(false))
            {
                CopyProgress progress = new(pipeline, number, worker.Name);
                if (IsTo)
                {
                    await new CopyToWorker(dialogue, pipeline, progress).CopyAsync(sources, place, Recurse, cancellationToken).ConfigureAwait(false);
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
        }
        finally
        {
            session.Closings.Add(rented.DisposeAsync().AsTask());
        }
    }
}
