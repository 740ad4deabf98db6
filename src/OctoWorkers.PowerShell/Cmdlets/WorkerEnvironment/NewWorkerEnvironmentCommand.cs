using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerEnvironment;

/// <summary>Adds environments.</summary>
[Cmdlet(VerbsCommon.New, "WorkerEnvironment", SupportsShouldProcess = true)]
[OutputType(typeof(EnvironmentRecord))]
public sealed class NewWorkerEnvironmentCommand : EngineCmdlet
{
    /// <summary>Names of the environments.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>What they are for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <summary>Which ended runs of each runbook are kept: <c>'100 runs'</c>, <c>'30 days'</c> or <c>'forever'</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public RetentionPolicy Retention { get; set; } = RetentionPolicy.Default;

    /// <summary>Whether steps that fail in it ask a person, where neither the run nor the runbook says so.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public GuidedFailureMode GuidedFailure { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            EnvironmentDefinition definition = new(name) { Description = Description, Retention = Retention, GuidedFailure = GuidedFailure };
            if (await pipeline.ShouldProcessAsync($"Environment '{name}'", "Add").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutEnvironmentAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
