using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Variables;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>Sets a variable's value for a scope; a value of the same scope is replaced. A SecureString is a secret, and so is the password of a PSCredential.</summary>
[Cmdlet(VerbsCommon.Set, "RunbookVariable", SupportsShouldProcess = true, DefaultParameterSetName = "Value")]
[OutputType(typeof(RunbookVariableValue))]
public sealed class SetRunbookVariableCommand : RunbookVariableChangeCommand
{
    /// <summary>
    /// The value. A SecureString is a secret; a PSCredential gives two values, <c>Name.UserName</c> and the secret <c>Name.Password</c>; anything else is its text,
    /// which may hold templates. Not taken from the pipeline: what Get-RunbookVariable gives of a secret are stars.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Value")]
    [AllowEmptyString]
    public object Value { get; set; } = "";

    /// <summary>The worker pool that it names, for steps that draw their worker by this variable.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Pool")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string? Pool { get; set; }

    /// <summary>What it is for; of a value that is replaced it stays when not given.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Also writes the values that were set.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        StoredDefinitions stored = await session.Store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        KnownNames names = KnownNames.Of(stored);
        if (!string.IsNullOrEmpty(Runbook))
        {
            names = names with { Steps = [.. Named.Runbook(stored.Runbooks, Runbook).Definition.Steps.Select(step => step.Name)] };
        }

        VariableScope place = Place;
        VariableValues.RequireScope(place, names);
        VariableDefinition[] wanted = [.. Definitions(stored).Select(value => value.Seal(session.Secrets.Seal) with { Scope = place })];
        if (await pipeline.ShouldProcessAsync($"Variable '{Name}' ({VariableValues.Describe(place)}) of {Owner}", "Set").ConfigureAwait(false))
        {
            IReadOnlyList<VariableDefinition> then = [];
            await ChangeAsync(session, mayAdd: true, (_, values) => then = wanted.Aggregate(values, Changed), cancellationToken).ConfigureAwait(false);
            foreach (VariableDefinition value in wanted)
            {
                VariableDefinition kept = then.First(one => EntityName.Comparer.Equals(one.Name, value.Name) && ReferenceEquals(one.Scope, value.Scope));
                await pipeline.PassThruAsync(PassThru, RunbookVariableValue.Of(kept, SetName(stored), RunbookName(stored))).ConfigureAwait(false);
            }
        }
    }

    private string? SetName(StoredDefinitions stored)
    {
        string wanted = string.IsNullOrEmpty(Set) ? VariableSetDefinition.DefaultName : Set;
        return !string.IsNullOrEmpty(Runbook)
            ? null
            : stored.VariableSets.FirstOrDefault(one => EntityName.Comparer.Equals(one.Definition.Name, wanted))?.Definition.Name ?? wanted;
    }

    private string? RunbookName(StoredDefinitions stored) => string.IsNullOrEmpty(Runbook) ? null : Named.Runbook(stored.Runbooks, Runbook).Definition.Name;

    private IReadOnlyList<VariableDefinition> Changed(IReadOnlyList<VariableDefinition> values, VariableDefinition value)
    {
        VariableDefinition wanted = value with { Description = Description ?? "" };
        VariableDefinition[] then = [.. VariableValues.With(values, wanted)];
        int place = Array.FindIndex(then, one => ReferenceEquals(one, wanted));
        if (Description is null && place < values.Count)
        {
            then[place] = wanted with { Description = values[place].Description };
        }

        return then;
    }

    private IEnumerable<VariableDefinition> Definitions(StoredDefinitions stored)
    {
        if (Pool is null)
        {
            return GivenVariables.Of(Name, Value);
        }

        return Place.Machines.Count + Place.TargetTags.Count == 0
            ? [VariableDefinition.WorkerPool(Name, Named.Pool(stored.Pools, Pool).Name)]
            : throw new OctoWorkersException(
                EngineError.InvalidArgument, "A worker pool is found before there is a machine: leave -Machine and -TargetTag out with -Pool.", Name);
    }
}
