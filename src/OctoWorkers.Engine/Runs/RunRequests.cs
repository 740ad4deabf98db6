using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>Makes the request for a run from names: with all that the run keeps, whatever becomes of it in the store.</summary>
internal static class RunRequests
{
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.RunbookNotFound"/>, <see cref="EngineError.EnvironmentNotFound"/>, <see cref="EngineError.EnvironmentNotAllowed"/>,
    /// <see cref="EngineError.TenantNotFound"/>, <see cref="EngineError.VariableSetNotFound"/>, <see cref="EngineError.ScriptModuleNotFound"/>,
    /// <see cref="EngineError.PromptedValueInvalid"/>, <see cref="EngineError.InvalidArgument"/> when its concurrency tag cannot be used.
    /// </exception>
    public static Task<RunRequest> MakeAsync(IStore store, ISecretProtector secrets, NewRun run, ITemplateText text, CancellationToken cancellationToken)
        => MakeAsync(store, secrets, run, isPreview: false, text, cancellationToken);

    /// <summary>As for a run; for a preview nobody has to give what the runbook asks for.</summary>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public static async Task<RunRequest> MakeAsync(
        IStore store, ISecretProtector secrets, NewRun run, bool isPreview, ITemplateText text, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> runbooks = await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        RunbookRecord found = Named.Runbook(runbooks, run.Runbook);
        IReadOnlyList<EnvironmentRecord> environments = await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        EnvironmentRecord place = Named.Environment(environments, run.Environment);
        IReadOnlyList<string> allowed = found.Definition.Environments;
        if (allowed.Count > 0 && !allowed.Contains(place.Name, EntityName.Comparer))
        {
            throw new OctoWorkersException(
                EngineError.EnvironmentNotAllowed,
                $"Runbook '{found.Definition.Name}' may not run in '{place.Name}', only in {string.Join(", ", allowed)}.",
                found.Definition.Name);
        }

        TenantRecord? tenant = run.Tenant is null ? null
            : RunSnapshot.Tenant(await store.GetTenantsAsync(cancellationToken).ConfigureAwait(false), run.Tenant);
        IReadOnlyList<ScriptModule> modules = found.Definition.Steps.All(step => step.Action is not ScriptAction { Modules.Count: > 0 }) ? []
            : RunSnapshot.Modules(await store.GetScriptModulesAsync(cancellationToken).ConfigureAwait(false), found.Definition);
        IReadOnlyList<VariableSetRecord> sets =
            RunSnapshot.VariableSets(await store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false), found.Definition);
        RunRequest request = new(found.Id, found.Definition, place)
        {
            Tenant = tenant,
            GuidedFailure = ((GuidedFailureMode[])[run.GuidedFailure, found.Definition.GuidedFailure, place.GuidedFailure])
                .FirstOrDefault(mode => mode != GuidedFailureMode.Default) == GuidedFailureMode.On,
            UnavailableTargets = run.UnavailableTargets != UnavailableTargets.Default ? run.UnavailableTargets : found.Definition.UnavailableTargets,
            VariableSets = sets,
            Modules = modules,
            Variables = GivenValues.Of(found.Definition, sets.Select(set => set.Definition), run.Variables, secrets, isPreview),
            Priority = run.Priority ?? found.Definition.Priority ?? RunPriority.Normal,
            QueueExpiry = QueueExpiry.Require(run.QueueExpiry) ?? found.Definition.QueueExpiry,
        };
        return request with { ConcurrencyTag = ConcurrencyTags.Of(request, secrets, text) };
    }
}
