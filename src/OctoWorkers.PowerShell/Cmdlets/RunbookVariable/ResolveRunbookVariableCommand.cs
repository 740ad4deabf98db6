using System.Collections;
using System.Management.Automation;
using OctoWorkers.Engine.Runs;
using OctoWorkers.PowerShell.Cmdlets.Runbook;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>Shows what a step of a run would see: which value of each variable wins, and why. Secrets are not shown, and nothing is changed.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "RunbookVariable")]
[OutputType(typeof(ResolvedRunbookVariable))]
public sealed class ResolveRunbookVariableCommand : EngineCmdlet
{
    // Get-RunbookVariable gives a variable once for each of its values.
    private readonly HashSet<string> written = new(EntityName.Comparer);
    private bool hasWarned;

    /// <summary>Name of the runbook.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string Runbook { get; set; } = "";

    /// <summary>The environment it would run in.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string Environment { get; set; } = "";

    /// <summary>Names of variables; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VariableNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The tenant that the run would be for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string? Tenant { get; set; }

    /// <summary>The step; without it, what all steps see.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StepNameCompleter))]
    public string? Step { get; set; }

    /// <summary>The deployment target that it would be about; without it, what all see.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string? Target { get; set; }

    /// <summary>Values given on the run, by name. A SecureString is a secret; a PSCredential gives <c>Name.UserName</c> and the secret <c>Name.Password</c>.</summary>
    [Parameter]
    public Hashtable Variable { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        NewRun asked = new(Runbook, Environment) { Tenant = Tenant, Variables = GivenVariables.Of(Variable) };
        IReadOnlyList<ResolvedRunbookVariable> all =
            [.. (await session.Engine.PreviewVariablesAsync(asked, Step, Target, cancellationToken).ConfigureAwait(false)).Select(ResolvedRunbookVariable.Of)];
        if (Target is not null && !hasWarned)
        {
            hasWarned = true;
            await pipeline.WriteWarningsAsync(
                await session.Engine.GetLeftOutSentenceAsync(asked, Step, Target, cancellationToken).ConfigureAwait(false) is { } sentence ? [sentence] : []).ConfigureAwait(false);
        }

        IReadOnlyList<ResolvedRunbookVariable> chosen =
            await NameSelection.ChooseAsync(all, one => one.Name, Name, EngineError.VariableNotFound, "variable", pipeline).ConfigureAwait(false);
        foreach (ResolvedRunbookVariable one in chosen.Where(one => written.Add(one.Name)))
        {
            await pipeline.WriteObjectAsync(one).ConfigureAwait(false);
            if (one.IsConflict)
            {
                await pipeline.WriteErrorAsync(ErrorRecords.From(new OctoWorkersException(EngineError.VariableConflict, one.Reason, one.Name))).ConfigureAwait(false);
            }
        }
    }
}
