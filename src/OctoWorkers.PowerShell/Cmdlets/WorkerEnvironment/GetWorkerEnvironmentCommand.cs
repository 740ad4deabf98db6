using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerEnvironment;

/// <summary>Gets environments.</summary>
[Cmdlet(VerbsCommon.Get, "WorkerEnvironment")]
[OutputType(typeof(EnvironmentRecord))]
public sealed class GetWorkerEnvironmentCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false),
            record => record.Name, Name, EngineError.EnvironmentNotFound, "environment", pipeline).ConfigureAwait(false);
}
