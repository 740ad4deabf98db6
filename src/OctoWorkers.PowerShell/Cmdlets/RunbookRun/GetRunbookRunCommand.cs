using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Gets runs, newest first: a summary of each, or one whole with its steps.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookRun", DefaultParameterSetName = "List")]
[OutputType(typeof(RunSummary), ParameterSetName = ["List"])]
[OutputType(typeof(RunDetails), ParameterSetName = ["Id"])]
[OutputType(typeof(RunSummary), ParameterSetName = ["Queued"])]
[OutputType(typeof(Wait), ParameterSetName = ["Why"])]
public sealed class GetRunbookRunCommand : EngineCmdlet
{
    private const int Page = 200;

    /// <summary>Ids of runs, which are given whole.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Why", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId[] Id { get; set; } = [];

    /// <summary>What the runs wait for, since when, and who has it, instead of the runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Why")]
    public SwitchParameter Why { get; set; }

    /// <summary>Only runs that have not begun, in the order in which they would.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Queued")]
    public SwitchParameter Queued { get; set; }

    /// <summary>Only runs of this runbook; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "List")]
    [Parameter(ParameterSetName = "Queued")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string? Runbook { get; set; }

    /// <summary>Only runs in this environment.</summary>
    [Parameter(ParameterSetName = "List")]
    [Parameter(ParameterSetName = "Queued")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string? Environment { get; set; }

    /// <summary>Only runs with one of these states.</summary>
    [Parameter(ParameterSetName = "List")]
    public RunStatus[] Status { get; set; } = [];

    /// <summary>Only runs that this run started.</summary>
    [Parameter(ParameterSetName = "List")]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId? Parent { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ParameterSetName == "List" ? ListAsync(session, pipeline, cancellationToken)
            : Queued ? QueueAsync(session, pipeline, cancellationToken)
            : Why ? pipeline.ForEachAsync(Id, id => WaitsAsync(id, session, pipeline, cancellationToken))
            : pipeline.ForEachAsync(Id, async id => await pipeline.WriteObjectAsync(
                await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false));

    private async Task QueueAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        RunFilterNames names = await RunFilterNames.ReadAsync(session.Store, Runbook, Environment, cancellationToken).ConfigureAwait(false);
        RunFilter filter = new() { Runbook = names.Runbook, Environment = names.Environment, InQueueOrder = true };
        foreach (RunSummary run in (await session.Store.GetRunsAsync(filter, cancellationToken).ConfigureAwait(false)).Where(names.Include))
        {
            await pipeline.WriteObjectAsync(run).ConfigureAwait(false);
        }
    }

    private static async Task WaitsAsync(RunId run, EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (Wait wait in (await session.Store.GetRunAsync(run, cancellationToken).ConfigureAwait(false)).Waits)
        {
            await pipeline.WriteObjectAsync(wait).ConfigureAwait(false);
        }
    }

    // Page by page, so that whoever wants the first few does not wait for all.
    private async Task ListAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        RunFilterNames names = await RunFilterNames.ReadAsync(session.Store, Runbook, Environment, cancellationToken).ConfigureAwait(false);
        RunFilter filter = new() { Runbook = names.Runbook, Environment = names.Environment, Statuses = Status, Parent = Parent, Limit = Page };
        IReadOnlyList<RunSummary> page;
        do
        {
            page = await session.Store.GetRunsAsync(filter, cancellationToken).ConfigureAwait(false);
            foreach (RunSummary run in page.Where(names.Include))
            {
                await pipeline.WriteObjectAsync(run).ConfigureAwait(false);
            }

            filter = page.Count == 0 ? filter : filter with { Before = page[^1].Id };
        }
        while (page.Count == Page);
    }
}
