using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;
using OctoWorkers.Storage;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookStore;

/// <summary>Looks for damage in the store and its artifacts, while runs go on.</summary>
[Cmdlet(VerbsDiagnostic.Test, "RunbookStore")]
[OutputType(typeof(StoreCondition))]
public sealed class TestRunbookStoreCommand : EngineCmdlet
{
    /// <inheritdoc/>
    protected override void Prepare() => SqliteStore.RequireAt(StoreHome.Find());

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await pipeline.WriteObjectAsync(
            await session.Store.ExamineAsync(session.Artifacts, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
}
