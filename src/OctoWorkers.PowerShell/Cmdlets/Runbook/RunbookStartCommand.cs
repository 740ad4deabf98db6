using System.Management.Automation;
using OctoWorkers.Engine.Runs;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What the cmdlets that start runs have in common.</summary>
public abstract class RunbookStartCommand : EngineCmdlet
{
    /// <summary>Names of the runbooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Runbook")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The environment to run in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string Environment { get; set; } = "";

    /// <summary>Names of steps to leave out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StepNameCompleter))]
    public string[] SkipStep { get; set; } = [];

    private protected async Task ForEachAsync(
        EngineSession session, IPipelineWriter pipeline, bool isDetached, Func<Func<CancellationToken, Task<RunRecord>>, string, Task> start)
        => await pipeline.ForEachAsync(Name, async name =>
        {
            NewRun asked = new(name, Environment) { Detached = isDetached, SkippedSteps = SkipStep };
            if (await pipeline.ShouldProcessAsync($"Runbook '{name}' in environment '{Environment}'", "Run").ConfigureAwait(false))
            {
                await start(token => session.Engine.StartRunAsync(asked, token), name).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
}
