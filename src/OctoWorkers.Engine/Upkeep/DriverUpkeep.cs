using System.Globalization;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Upkeep;

/// <summary>
/// What the background driver sees to beside runs for as long as it lives: health checks at the intervals of the machine policies, workers that stay
/// unavailable, and retention. It never keeps the driver alive.
/// </summary>
/// <param name="services">Store, health checks, retention.</param>
/// <param name="report">Hears, in a line each, what was removed and what could not be done.</param>
internal sealed class DriverUpkeep(RunServices services, Action<string> report)
{
    // An sshd with its defaults begins to drop connections at the eleventh that is not logged in yet.
    private const int AtOnce = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetentionPause = TimeSpan.FromMinutes(10);

    private long? retainedAt;

    /// <summary>Goes on until it is stopped.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // What the driver was started for comes first.
                await Task.Delay(Pause, services.Time, cancellationToken).ConfigureAwait(false);
                await TurnAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Does once what is due.</summary>
    internal async Task TurnAsync(CancellationToken cancellationToken)
    {
        await TryAsync("Health checks", CheckAsync, cancellationToken).ConfigureAwait(false);
        await TryAsync("The clean-up of unavailable workers", CleanUpAsync, cancellationToken).ConfigureAwait(false);
        if (retainedAt is not { } at || services.Time.GetElapsedTime(at) >= RetentionPause)
        {
            retainedAt = services.Time.GetTimestamp();
            await TryAsync("Retention", RetainAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    // What fails now is due again at the next turn; runs do not suffer from it.
    private async Task TryAsync(string what, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OctoWorkersException e)
        {
            report($"{what} failed: {e.Error}: {e.Message}");
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MachinePolicyRecord> policies = await services.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = services.Time.GetUtcNow();
        WorkerRecord[] due =
        [
            .. (await MachinesAsync(cancellationToken).ConfigureAwait(false))
                .Where(worker => worker.State != WorkerState.Disabled && MachinePolicies.IsDue(worker.Health, MachinePolicies.Of(worker, policies), settings, now)),
        ];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            due, options, async (worker, token) => await services.Health.CheckByPolicyAsync(worker, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<MachinePolicyRecord> policies = await services.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        foreach (WorkerRecord worker in await MachinesAsync(cancellationToken).ConfigureAwait(false))
        {
            MachinePolicyDefinition policy = MachinePolicies.Of(worker, policies);
            if (MachinePolicies.RemovalLimit(worker, policy, services.Time.GetUtcNow()) is { } limit)
            {
                await RemoveAsync(worker, policy, limit, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IEnumerable<WorkerRecord>> MachinesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await services.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DeploymentTargetRecord> targets = await services.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        return workers.Concat(targets.Select(target => target.Machine));
    }

    // It is given a last chance: whoever was away for the whole time, with this machine perhaps, may be back.
    private async Task RemoveAsync(WorkerRecord worker, MachinePolicyDefinition policy, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await services.Health.CheckAsync(worker, probe: false, cancellationToken).ConfigureAwait(false);
        if (await services.Store.RemoveUnavailableWorkerAsync(worker.Id, limit, cancellationToken).ConfigureAwait(false))
        {
            report(string.Create(
                CultureInfo.InvariantCulture,
                $"Removed {(worker.IsTarget ? "deployment target" : "worker")} '{worker.Name}' ({worker.MachineId}): unavailable since {worker.Health.UnavailableSince:u}, and machine policy '{policy.Name}' removes such machines after {DurationText.Write(policy.RemoveUnavailableAfter!.Value)}. The last check found: {worker.Health.Message}"));
        }
    }

    private async Task RetainAsync(CancellationToken cancellationToken)
    {
        foreach (ExpiredRun expired in await services.Retention.ApplyAsync(cancellationToken).ConfigureAwait(false))
        {
            report($"Removed {string.Join(", ", expired.Children.Prepend(expired.Run))}: of '{expired.Runbook}' in '{expired.Environment}', retention keeps {expired.Policy}.");
        }
    }
}
