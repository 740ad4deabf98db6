using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>What the cmdlets that work on known runs have in common.</summary>
public abstract class RunIdCommand : EngineCmdlet
{
    /// <summary>The runs: ids, numbers, or what Get-RunbookRun gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId[] Id { get; set; } = [];
}
