using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Checks workers now, several at once, and keeps what was found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Worker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerRecord))]
public sealed class TestWorkerCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await MachineChecks.RunAsync(
            await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), Name, one => one.Name, EngineError.WorkerNotFound, "worker", pipeline,
            async (one, token) => one with { Health = (await session.Engine.CheckWorkerAsync(one, token).ConfigureAwait(false)).Health },
            cancellationToken).ConfigureAwait(false);
}
