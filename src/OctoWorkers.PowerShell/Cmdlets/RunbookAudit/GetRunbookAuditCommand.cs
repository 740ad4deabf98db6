using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookAudit;

/// <summary>Gets who did what to what and when, oldest first. Entries are only ever added.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookAudit")]
[OutputType(typeof(AuditEntry))]
public sealed class GetRunbookAuditCommand : EngineCmdlet
{
    /// <summary>Only what was done since then.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only what was done to this run.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId? Run { get; set; }

    /// <summary>Only what this user did.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Who { get; set; }

    /// <summary>Only the last so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        AuditFilter filter = new() { Since = Since, Run = Run, Who = Who, Limit = Last };
        foreach (AuditEntry entry in await session.Store.GetAuditAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(entry).ConfigureAwait(false);
        }
    }
}
