namespace OctoWorkers.Engine;

/// <content>Which ended runs are kept.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>The ended runs that retention does not keep; removes nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<ExpiredRun>> FindExpiredRunsAsync(CancellationToken cancellationToken) => services.Retention.FindAsync(cancellationToken);

    /// <summary>Removes a run that retention does not keep, and the runs that its steps created, with their logs and artifacts.</summary>
    /// <param name="expired">What <see cref="FindExpiredRunsAsync"/> gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RemoveExpiredRunAsync(ExpiredRun expired, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expired);
        return services.Retention.RemoveAsync(expired, cancellationToken);
    }

    /// <summary>Removes all ended runs that retention does not keep, and files of runs that are gone.</summary>
    /// <param name="cancellationToken">Gives up; what was removed stays so.</param>
    /// <returns>What was removed.</returns>
    public Task<IReadOnlyList<ExpiredRun>> ApplyRetentionAsync(CancellationToken cancellationToken) => services.Retention.ApplyAsync(cancellationToken);
}
