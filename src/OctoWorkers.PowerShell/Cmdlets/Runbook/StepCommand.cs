using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What may be said of every step: when it runs, how often it is tried, and where.</summary>
public abstract class StepCommand : PSCmdlet
{
    /// <summary>When it runs, given how the steps before it ended.</summary>
    [Parameter]
    public StepCondition Condition { get; set; }

    /// <summary>The expression that decides when the condition is <c>Variable</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConditionExpression { get; set; }

    /// <summary>Starts it together with the step before.</summary>
    [Parameter]
    public SwitchParameter WithPrevious { get; set; }

    /// <summary>How often it is tried again.</summary>
    [Parameter]
    [ValidateRange(0, RetryPolicy.MaxCount)]
    public int RetryCount { get; set; }

    /// <summary>Seconds before the first retry; doubled for each further one.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public double RetryBackoffSec { get; set; }

    /// <summary>Seconds that an attempt may take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Running it twice does no harm.</summary>
    [Parameter]
    public SwitchParameter Idempotent { get; set; }

    /// <summary>It cannot be skipped.</summary>
    [Parameter]
    public SwitchParameter Required { get; set; }

    /// <summary>It is left out of every run.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>The environments that it runs in; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Environment { get; set; } = [];

    /// <summary>The environments that it does not run in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] ExcludedEnvironment { get; set; } = [];

    /// <summary>Tags of the tenants it runs for, as <c>Set/Tag</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TenantTagCompleter))]
    public string[] TenantTag { get; set; } = [];

    private protected StepDefinition WithSettings(StepDefinition step) => step with
    {
        Condition = Condition,
        ConditionExpression = ConditionExpression,
        Start = WithPrevious ? StepStart.WithPrevious : StepStart.AfterPrevious,
        Retry = new RetryPolicy { Count = RetryCount, Backoff = TimeSpan.FromSeconds(RetryBackoffSec) },
        Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Idempotent = Idempotent,
        Required = Required,
        Disabled = Disabled,
        Environments = Environment,
        ExcludedEnvironments = ExcludedEnvironment,
        TenantTags = [.. TenantTag.Select(OctoWorkers.TenantTag.Parse)],
    };
}
