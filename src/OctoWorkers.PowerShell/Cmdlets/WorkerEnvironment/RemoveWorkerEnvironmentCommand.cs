using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerEnvironment;

/// <summary>Removes environments.</summary>
[Cmdlet(VerbsCommon.Remove, "WorkerEnvironment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerEnvironmentCommand : EngineCmdlet
{
    /// <summary>Names of the environments.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            if (await pipeline.ShouldProcessAsync($"Environment '{name}'", "Remove").ConfigureAwait(false))
            {
                await session.Store.RemoveEnvironmentAsync(name, cancellationToken).ConfigureAwait(false);
            }
        });
}
