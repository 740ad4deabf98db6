using System.Collections;
using System.Management.Automation;
using OctoWorkers.Engine.Runs;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What the cmdlets that start runs have in common.</summary>
public abstract class RunbookStartCommand : EngineCmdlet, IDynamicParameters
{
    private PromptParameters? prompts;

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

    /// <summary>The tenant that the run is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string? Tenant { get; set; }

    /// <summary>
    /// Values given on the run, by name: for what the runbook prompts for, and any others. A SecureString is a secret; a PSCredential gives <c>Name.UserName</c> and
    /// the secret <c>Name.Password</c>.
    /// </summary>
    [Parameter]
    public Hashtable Variable { get; set; } = [];

    /// <summary>Names of steps to leave out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StepNameCompleter))]
    public string[] SkipStep { get; set; } = [];

    /// <summary>Whether a step that fails asks a person; by default as the runbook or the environment says.</summary>
    [Parameter]
    public GuidedFailureMode GuidedFailure { get; set; }

    /// <summary>What the runbook prompts for, as parameters.</summary>
    public object? GetDynamicParameters() => prompts = Name is [{ } only] ? PromptParameters.Of(only) : null;

    private protected async Task ForEachAsync(
        EngineSession session, IPipelineWriter pipeline, bool isDetached, Func<Func<CancellationToken, Task<RunRecord>>, string, Task> start)
        => await pipeline.ForEachAsync(Name, async name =>
        {
            NewRun asked = new(name, Environment) { Detached = isDetached, SkippedSteps = SkipStep, Tenant = Tenant, GuidedFailure = GuidedFailure, Variables = [.. GivenVariables.Of(Variable), .. prompts?.Given ?? []] };
            if (await pipeline.ShouldProcessAsync($"Runbook '{name}' in environment '{Environment}'", "Run").ConfigureAwait(false))
            {
                await start(token => session.Engine.StartRunAsync(asked, token), name).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
}
