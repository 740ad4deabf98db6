using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine;

/// <content>What steps would see.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>Shows what a step of a run would see now, which value of each variable won, and why. Secrets are not opened; nothing changes.</summary>
    /// <param name="run">What would be asked for; values that the runbook prompts for may be missing.</param>
    /// <param name="step">The step's name; null: no step in particular.</param>
    /// <param name="target">Name of the deployment target that it would be about; null: none in particular.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each variable, by name; of those whose values tie the tie.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StepNotFound"/>, <see cref="EngineError.TargetNotFound"/>.</exception>
    public async Task<IReadOnlyList<VariablePreview>> PreviewVariablesAsync(NewRun run, string? step, string? target, CancellationToken cancellationToken)
    {
        RunRequest request = await RunRequests.MakeAsync(Store, services.Secrets, run, isPreview: true, services.Text, cancellationToken).ConfigureAwait(false);
        DeploymentTargetRecord? about = target is null ? null
            : Named.Target(await Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false), target);
        return VariablePreviews.Of(request, step, about, services.Text);
    }

    /// <summary>Says of a deployment target that variables are shown for why the run would leave it out, or the step, of whatever health it is; null when neither would.</summary>
    /// <param name="run">What would be asked for; values that the runbook prompts for may be missing.</param>
    /// <param name="step">The step's name; null: no step in particular.</param>
    /// <param name="target">Name of the deployment target.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A sentence.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StepNotFound"/>, <see cref="EngineError.TargetNotFound"/>.</exception>
    public async Task<string?> GetLeftOutSentenceAsync(NewRun run, string? step, string target, CancellationToken cancellationToken)
    {
        RunRequest request = await RunRequests.MakeAsync(Store, services.Secrets, run, isPreview: true, services.Text, cancellationToken).ConfigureAwait(false);
        DeploymentTargetRecord about = Named.Target(await Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false), target);
        return VariablePreviews.WhyLeftOut(request, step, about) is { } reason ? $"Such a run would leave out deployment target '{about.Name}': {reason}." : null;
    }
}
