using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>What the cmdlets that work on known interventions have in common.</summary>
public abstract class InterruptionIdCommand : EngineCmdlet
{
    /// <summary>The interventions: ids, or what Get-RunbookIntervention gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [InterruptionIdTransformation]
    [ArgumentCompleter(typeof(InterruptionIdCompleter))]
    public InterruptionId[] Id { get; set; } = [];
}
