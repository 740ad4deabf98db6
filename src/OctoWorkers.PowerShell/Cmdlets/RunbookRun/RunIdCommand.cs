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

    /// <summary>Changes each run that is there, after asking: <c>-WhatIf</c> promises nothing for one that is not.</summary>
    private protected Task ChangeEachAsync(EngineSession session, IPipelineWriter pipeline, string action, Func<RunId, Task> change, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            if (await pipeline.ShouldProcessAsync($"Run {id}", action).ConfigureAwait(false))
            {
                await change(id).ConfigureAwait(false);
            }
        });
}
