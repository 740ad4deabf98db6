using OctoWorkers.Engine.Commands;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Engine;

/// <summary>What commands on workers need, which run outside of runbooks.</summary>
public sealed partial class OctoWorkersEngine
{
    private const string CommandName = "the command";

    /// <summary>
    /// The workers of a pool that a command may use, by the rules of a run's plan: those of unknown health are checked first, and the pool's cursor moves. The one that
    /// was drawn comes first.
    /// </summary>
    /// <param name="request">The pool, and what the workers must have.</param>
    /// <param name="isPreview">Whether nothing is checked and nothing moves: workers of unknown health count as good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.NoEligibleWorker"/>.</exception>
    public async Task<EligibleWorkers> GetEligibleWorkersAsync(WorkerRequest request, bool isPreview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await commandWorkers.OfPoolAsync(request, isPreview, await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those of some workers that a command may use; those of unknown health are checked first.</summary>
    /// <param name="workers">The workers, in the order in which they are to be used.</param>
    /// <param name="demands">What they must have.</param>
    /// <param name="isPreview">Whether nothing is checked: workers of unknown health count as good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<EligibleWorkers> GetEligibleWorkersAsync(
        IReadOnlyList<WorkerRecord> workers, IReadOnlyList<CapabilityDemand> demands, bool isPreview, CancellationToken cancellationToken)
        => await commandWorkers.OfAsync(
            workers, demands, isPreview, await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Opens the variables that a command is to see.</summary>
    /// <param name="scope">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.EnvironmentNotFound"/>, <see cref="EngineError.TenantNotFound"/>, <see cref="EngineError.VariableSetNotFound"/>,
    /// <see cref="EngineError.SecretUnreadable"/>.
    /// </exception>
    public async Task<CommandVariables> OpenVariablesAsync(CommandScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        EnvironmentRecord place = Named.Environment(await Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false), scope.Environment);
        TenantRecord? tenant = scope.Tenant is null ? null : Named.Tenant(await Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false), scope.Tenant);
        IReadOnlyList<VariableSetRecord> stored = await Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        VariableSetRecord[] sets = [.. scope.VariableSets.Prepend(VariableSetDefinition.DefaultName).Distinct(EntityName.Comparer).Select(name => Named.VariableSet(stored, name))];
        RunbookDefinition nothing = new(CommandName, [new StepDefinition(CommandName, new RunRunbookAction(CommandName))]);
        RunRequest request = new(default, nothing, place)
        {
            Tenant = tenant,
            VariableSets = sets,
            Variables = GivenValues.Of(nothing, sets.Select(set => set.Definition), scope.Variables, services.Secrets, isPreview: false),
            CreatedBy = Environment.UserName,
        };
        return new(request, services.Secrets, services.Text);
    }
}
