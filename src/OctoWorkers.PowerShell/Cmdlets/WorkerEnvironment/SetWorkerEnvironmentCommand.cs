using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerEnvironment;

/// <summary>Changes environments.</summary>
[Cmdlet(VerbsCommon.Set, "WorkerEnvironment", SupportsShouldProcess = true)]
[OutputType(typeof(EnvironmentRecord))]
public sealed class SetWorkerEnvironmentCommand : EngineCmdlet
{
    /// <summary>Names of the environments.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What they are for.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Which ended runs of each runbook are kept: <c>'100 runs'</c>, <c>'30 days'</c> or <c>'forever'</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public RetentionPolicy? Retention { get; set; }

    /// <summary>Whether steps that fail in it ask a person, where neither the run nor the runbook says so.</summary>
    [Parameter]
    public GuidedFailureMode? GuidedFailure { get; set; }

    /// <summary>Also writes the changed environments.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<EnvironmentRecord> all = await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            EnvironmentRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.EnvironmentNotFound, "environment");
            if (await pipeline.ShouldProcessAsync($"Environment '{now.Name}'", "Change").ConfigureAwait(false))
            {
                EnvironmentRecord then = await session.Store.PutEnvironmentAsync(
                    new(now.Name)
                    {
                        Description = Description ?? now.Description, Retention = Retention ?? now.Retention, GuidedFailure = GuidedFailure ?? now.GuidedFailure,
                    },
                    mustBeNew: false,
                    cancellationToken).ConfigureAwait(false);
                await pipeline.PassThruAsync(PassThru, then).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
