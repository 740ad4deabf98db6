using System.Management.Automation;
using OctoWorkers.Engine.Workers;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Checks deployment targets now, several at once, and keeps what was found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DeploymentTarget")]
[OutputType(typeof(DeploymentTargetRecord))]
public sealed class TestDeploymentTargetCommand : EngineCmdlet
{
    private const int AtOnce = 16;

    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeploymentTargetRecord> targets = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DeploymentTargetRecord> chosen = await NameSelection.ChooseAsync(
            targets, target => target.Name, Name, EngineError.TargetNotFound, "deployment target", pipeline).ConfigureAwait(false);
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chosen, options, async (target, token) =>
        {
            WorkerCheck check = await session.Engine.CheckTargetAsync(target, token).ConfigureAwait(false);
            await pipeline.WriteObjectAsync(target with { Machine = target.Machine with { Health = check.Health } }).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
