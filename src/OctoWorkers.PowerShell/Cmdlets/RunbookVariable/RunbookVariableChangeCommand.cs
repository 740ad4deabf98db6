using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Variables;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>What the cmdlets that change variables have in common: whose variable it is, and the scope.</summary>
public abstract class RunbookVariableChangeCommand : EngineCmdlet
{
    /// <summary>The variable's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VariableNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The variable set; <c>Default</c>, which every runbook includes, when neither this nor a runbook is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VariableSetNameCompleter))]
    public string? Set { get; set; }

    /// <summary>The runbook whose own variable it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string? Runbook { get; set; }

    /// <summary>The whole scope, as Get-RunbookVariable gives it; the parameters for its parts are left out then.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public VariableScope? Scope { get; set; }

    /// <summary>The environments it applies to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Environment { get; set; } = [];

    /// <summary>The tenants it applies to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[] Tenant { get; set; } = [];

    /// <summary>The tenant tags it applies to, each as <c>Set/Tag</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TenantTagCompleter))]
    public string[] TenantTag { get; set; } = [];

    /// <summary>The tags of deployment targets it applies to.</summary>
    [Parameter]
    public string[] TargetTag { get; set; } = [];

    /// <summary>The machines it applies to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Machine { get; set; } = [];

    /// <summary>The runbooks it applies to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] ForRunbook { get; set; } = [];

    /// <summary>The steps it applies to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepNameCompleter))]
    public string[] Step { get; set; } = [];

    private protected VariableScope Place => Scope ?? new()
    {
        Environments = Environment,
        Tenants = Tenant,
        TenantTags = TenantTag,
        TargetTags = TargetTag,
        Machines = Machine,
        Runbooks = ForRunbook,
        Steps = Step,
    };

    private protected string Owner => string.IsNullOrEmpty(Runbook)
        ? $"variable set '{(string.IsNullOrEmpty(Set) ? VariableSetDefinition.DefaultName : Set)}'"
        : $"runbook '{Runbook}'";

    /// <summary>The values that the set or the runbook has.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookNotFound"/>, <see cref="EngineError.VariableSetNotFound"/>.</exception>
    private protected IReadOnlyList<VariableDefinition> ValuesNow(StoredDefinitions stored) => string.IsNullOrEmpty(Runbook)
        ? Named.VariableSet(stored.VariableSets, string.IsNullOrEmpty(Set) ? VariableSetDefinition.DefaultName : Set).Definition.Variables
        : Named.Runbook(stored.Runbooks, Runbook).Definition.Variables;

    private protected Task ChangeAsync(
        EngineSession session, bool mayAdd, Func<string, IReadOnlyList<VariableDefinition>, IReadOnlyList<VariableDefinition>> change, CancellationToken cancellationToken)
        => VariableChanges.ApplyAsync(
            session.Store, string.IsNullOrEmpty(Set) ? null : Set, string.IsNullOrEmpty(Runbook) ? null : Runbook, mayAdd, change, TimeProvider.System.GetUtcNow(), cancellationToken);
}
