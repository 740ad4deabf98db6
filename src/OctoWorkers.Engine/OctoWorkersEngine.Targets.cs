using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine;

/// <content>Deployment targets.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>
    /// All deployment targets, with their health as far as it is known now: a finding that is older than its policy's interval is <see cref="HealthStatus.Unknown"/>.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DeploymentTargetRecord>> GetTargetsAsync(CancellationToken cancellationToken)
    {
        EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MachinePolicyRecord> policies = await Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DeploymentTargetRecord> targets = await Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        return [.. targets.Select(target => target with { Machine = MachinePolicies.AsOf(target.Machine, MachinePolicies.Of(target.Machine, policies), settings, now) })];
    }

    /// <summary>Checks a deployment target now and stores what was found. One that cannot be reached is a finding, not an exception.</summary>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WorkerCheck> CheckTargetAsync(DeploymentTargetRecord target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return services.Health.CheckByPolicyAsync(target.Machine, cancellationToken);
    }

    /// <summary>What the change or removal of a tenant means for deployment targets: those that name a tag that no tenant has any more.</summary>
    /// <param name="before">The tenant as it was before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A sentence for each such tag.</returns>
    public async Task<IReadOnlyList<string>> GetLostTenantTagsAsync(TenantRecord before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        return before.Tags.Count == 0 ? [] : TenantMatch.LostTags(
            before.Tags,
            await Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false),
            await Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Removes a deployment target; with <paramref name="force"/> the runs that hold it are canceled first, and waited for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="force">Whether runs that hold it do not matter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RemoveTargetAsync(string name, bool force, CancellationToken cancellationToken)
        => force ? WorkerRemoval.ForceTargetAsync(this, name, cancellationToken) : Store.RemoveTargetAsync(name, cancellationToken);
}
