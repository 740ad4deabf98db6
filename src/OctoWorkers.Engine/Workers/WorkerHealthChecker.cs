using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Checks workers: those asked for, and, before a run is planned, those whose health is not known (semantics, section 1).</summary>
internal sealed class WorkerHealthChecker(IStore store, WorkerLinks links, TimeProvider time)
{
    /// <summary>Checks one worker now. Not being reachable is a finding.</summary>
    public async Task<WorkerCheck> CheckAsync(WorkerRecord worker, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        WorkerHealth health;
        try
        {
            IWorkerChannel channel = await links.To(worker).OpenAsync(cancellationToken).ConfigureAwait(false);
            health = new(HealthStatus.Healthy, time.GetUtcNow(), "", Capabilities(channel.Greeting));
        }
        catch (OctoWorkersException e)
        {
            HealthStatus status = e.Error == EngineError.WorkerUnavailable ? HealthStatus.Unavailable : HealthStatus.Unhealthy;
            health = new(status, time.GetUtcNow(), e.Message, worker.Health.Capabilities);
        }

        if (worker.Id != WorkerRecord.BuiltInId)
        {
            await store.SetWorkerHealthAsync(worker.Id, health, cancellationToken).ConfigureAwait(false);
        }

        return new(worker.Name, health, time.GetElapsedTime(began));
    }

    /// <summary>Checks the workers that a plan of the runbook could draw and whose health is unknown, too old, or unavailable for a while.</summary>
    public async Task RefreshAsync(RunbookDefinition runbook, EngineSettings settings, CancellationToken cancellationToken)
    {
        PlanningFacts facts = await store.GetPlanningFactsAsync(null, cancellationToken).ConfigureAwait(false);
        HashSet<string> wanted = [.. runbook.Steps.Where(step => !step.Disabled)
            .Select(step => step.Pool ?? facts.Pools.First(pool => pool.IsDefault).Name)
            .Select(name => name.ToUpperInvariant())];
        HashSet<WorkerId> members = [.. facts.Pools.Where(pool => wanted.Contains(pool.Name.ToUpperInvariant()))
            .SelectMany(pool => pool.Members).Select(member => member.Worker)];
        await Task.WhenAll(facts.Workers
            .Where(worker => members.Contains(worker.Id) && worker.State == WorkerState.Enabled && IsDue(worker.Health, settings))
            .Select(worker => CheckAsync(worker, cancellationToken))).ConfigureAwait(false);
    }

    private static Dictionary<string, string> Capabilities(WorkerGreeting greeting) => new(greeting.Capabilities)
    {
        ["os"] = greeting.OperatingSystem,
        ["machine"] = greeting.Machine,
        ["hostname"] = greeting.HostName,
        ["user"] = greeting.User,
        ["runner"] = greeting.Runner,
        ["termination"] = greeting.Means.ToString(),
    };

    private bool IsDue(WorkerHealth health, EngineSettings settings)
    {
        TimeSpan age = health.CheckedAt is { } at ? time.GetUtcNow() - at : TimeSpan.MaxValue;

        // A clock that was set back makes ages negative: then nothing is known either.
        return health.Status == HealthStatus.Unknown || age < TimeSpan.Zero
            || age >= (health.Status == HealthStatus.Unavailable ? settings.UnavailableRecheck : settings.HealthInterval);
    }
}
