using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What the cmdlets that define a runbook have in common.</summary>
public abstract class RunbookDefinitionCommand : EngineCmdlet
{
    /// <summary>A script block that writes the steps, with New-RunbookStep.</summary>
    public abstract ScriptBlock? StepBlock { get; set; }

    /// <summary>What it is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The environments it may run in; all when not given.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[]? Environment { get; set; }

    /// <summary>How many of its steps run at once at the most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxParallelism { get; set; }

    /// <summary>Seconds that a run may take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>The priority of its runs in the queue.</summary>
    [Parameter]
    public RunPriority? Priority { get; set; }

    /// <summary>Seconds that a run may stand in the queue before it ends as timed out.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? QueueExpirySec { get; set; }

    /// <summary>Names of the variable sets it includes.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(VariableSetNameCompleter))]
    public string[]? VariableSet { get; set; }

    /// <summary>Which of its ended runs are kept: <c>'100 runs'</c>, <c>'30 days'</c> or <c>'forever'</c>; as the environment says when not given.</summary>
    [Parameter]
    [ValidateNotNull]
    public RetentionPolicy? Retention { get; set; }

    /// <summary>Whether a step that fails asks a person, where the run does not say so.</summary>
    [Parameter]
    public GuidedFailureMode? GuidedFailure { get; set; }

    /// <summary>What becomes of its runs when deployment targets are not healthy, where the run does not say so.</summary>
    [Parameter]
    public UnavailableTargets? UnavailableTargets { get; set; }

    private protected IReadOnlyList<StepDefinition>? Steps { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if (StepBlock is null)
        {
            Steps = null;
            return;
        }

        List<StepDefinition> steps = [];
        foreach (PSObject written in StepBlock.Invoke())
        {
            steps.Add(written?.BaseObject as StepDefinition ?? throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                $"The script block of the steps wrote '{written}', which is no step. Write steps only, with New-RunbookStep, and send other output to Out-Null.",
                written));
        }

        Steps = steps;
    }

    private protected RunbookDefinition Defined(RunbookDefinition definition) => definition with
    {
        Description = Description ?? definition.Description,
        Environments = Environment ?? definition.Environments,
        MaxParallelism = MaxParallelism ?? definition.MaxParallelism,
        Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : definition.Timeout,
        Priority = Priority ?? definition.Priority,
        QueueExpiry = QueueExpirySec is { } queued ? TimeSpan.FromSeconds(queued) : definition.QueueExpiry,
        GuidedFailure = GuidedFailure ?? definition.GuidedFailure,
        UnavailableTargets = UnavailableTargets ?? definition.UnavailableTargets,
        VariableSets = VariableSet ?? definition.VariableSets,
        Retention = Retention ?? definition.Retention,
    };
}
