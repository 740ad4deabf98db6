using System.Management.Automation;
using OctoWorkers.Engine.Transports;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Cmdlets.Machine;

/// <summary>Removes machines, workers or deployment targets.</summary>
public abstract class MachineRemovalCommand : EngineCmdlet
{
    /// <summary>Cancels the runs that hold it, and waits for them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Removes each of them that is there, after asking.</summary>
    internal Task RemoveAsync(IReadOnlyList<string> names, bool isTarget, IPipelineWriter pipeline, Action<string> require, Func<string, Task> remove)
        => pipeline.ForEachAsync(names, async name =>
        {
            require(name);
            if (await pipeline.ShouldProcessAsync($"{new MachineName(name, isTarget)}", Force ? "Cancel its runs and remove" : "Remove").ConfigureAwait(false))
            {
                await remove(name).ConfigureAwait(false);
            }
        });
}
