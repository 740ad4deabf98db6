using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Checks deployment targets now, several at once, and keeps what was found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DeploymentTarget", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentTargetRecord))]
public sealed class TestDeploymentTargetCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await MachineChecks.RunAsync(
            await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false), Name, one => one.Name, EngineError.TargetNotFound, "deployment target", pipeline,
            async (one, token) => one with { Machine = one.Machine with { Health = (await session.Engine.CheckTargetAsync(one, token).ConfigureAwait(false)).Health } },
            cancellationToken).ConfigureAwait(false);
}
