using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What the cmdlets that start runs have in common.</summary>
public abstract class RunbookStartCommand : RunbookRequestCommand, IDynamicParameters
{
    private PromptParameters? prompts;
    private bool isWhatIf;

    /// <summary>Names of steps to leave out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StepNameCompleter))]
    public string[] SkipStep { get; set; } = [];

    /// <summary>Which of the queued runs go first; what the runbook says when not given.</summary>
    [Parameter]
    public RunPriority? Priority { get; set; }

    /// <summary>Seconds that the run may stand in the queue before it ends as timed out; what the runbook says when not given.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? QueueExpirySec { get; set; }

    /// <summary>Whether a step that fails asks a person; by default as the runbook or the environment says.</summary>
    [Parameter]
    public GuidedFailureMode GuidedFailure { get; set; }

    /// <summary>What becomes of it when deployment targets are not healthy; by default as the runbook or the machine policies say.</summary>
    [Parameter]
    public UnavailableTargets UnavailableTargets { get; set; }

    /// <summary>What the runbook prompts for, as parameters.</summary>
    public object? GetDynamicParameters() => prompts = Name is [{ } only] ? PromptParameters.Of(only) : null;

    /// <inheritdoc/>
    protected override void Prepare() => isWhatIf = IsWhatIf;

    private protected async Task ForEachAsync(
        EngineSession session, IPipelineWriter pipeline, bool isDetached, Func<Func<CancellationToken, Task<RunRecord>>, string, Task> start,
        CancellationToken cancellationToken)
        => await pipeline.ForEachAsync(Name, async name =>
        {
            NewRun asked = new(name, Environment)
            {
                Detached = isDetached,
                SkippedSteps = SkipStep,
                Tenant = Tenant,
                Variables = [.. GivenVariables.Of(Variable), .. prompts?.Given ?? []],
                Priority = Priority,
                GuidedFailure = GuidedFailure,
                UnavailableTargets = UnavailableTargets,
                QueueExpiry = QueueExpirySec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            };
            if (await pipeline.ShouldProcessAsync($"Runbook '{name}' in environment '{Environment}'", "Run").ConfigureAwait(false))
            {
                await start(token => session.Engine.StartRunAsync(asked, token), name).ConfigureAwait(false);
            }
            else if (isWhatIf)
            {
                foreach (PlannedRun plan in await session.Engine.PreviewAsync(asked, new DefinitionSet(), recurses: false, cancellationToken).ConfigureAwait(false))
                {
                    await pipeline.WriteObjectAsync(plan).ConfigureAwait(false);
                }
            }
        }).ConfigureAwait(false);
}
