using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Draws the worker that a pool gives next, by the rules of a run's plan, and says why. With -WhatIf it is only shown.</summary>
[Cmdlet(VerbsCommon.Select, "Worker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerDraw))]
public sealed class SelectWorkerCommand : EngineCmdlet
{
    /// <summary>The pool; the default pool when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string? Pool { get; set; }

    /// <summary>The runbook whose turn in the pool it is; a turn that belongs to no runbook when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string? Runbook { get; set; }

    /// <summary>Packages, in order: ids, or hashtables as of New-RunbookStep.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PackageReferenceTransformation]
    public PackageReference[] Package { get; set; } = [];

    /// <summary>What the worker must have: <c>kubectl</c>, <c>'pwsh >= 7.4'</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[] Demand { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        WorkerRequest request = new()
        {
            Pool = Pool,
            Runbook = Runbook,
            Packages = Package,
            Demands = [.. Demand.Select(CapabilityDemand.Parse)],
        };
        bool isDrawn = await pipeline.ShouldProcessAsync($"Worker pool '{Pool ?? "the default"}'", "Draw a worker and move the cursor").ConfigureAwait(false);
        WorkerDraw draw = isDrawn
            ? await session.Engine.DrawWorkerAsync(request, cancellationToken).ConfigureAwait(false)
            : await session.Engine.PreviewWorkerAsync(request, cancellationToken).ConfigureAwait(false);
        await pipeline.WriteObjectAsync(draw).ConfigureAwait(false);
    }
}
