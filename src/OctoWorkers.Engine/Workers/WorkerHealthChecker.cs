using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Checks workers: those asked for, and, before a run is planned, those whose health is not known (semantics, section 1).</summary>
internal sealed class WorkerHealthChecker(IStore store, WorkerLinks links, TimeProvider time)
{
    /// <summary>Checks one worker now. Not being reachable is a finding.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="probe">Whether to look for tools and their versions, which takes a second or so; else what was known of them stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkerCheck> CheckAsync(WorkerRecord worker, bool probe, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        WorkerHealth health;
        try
        {
            IWorkerChannel channel = await links.To(worker).OpenAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<string, string> tools = probe
                ? await WorkerAnswer.WithinAsync(
                    worker.Name, CapabilityProbe.Patience + WorkerAnswer.Patience, time, token => CapabilityProbe.RunAsync(channel, time, token), cancellationToken)
                    .ConfigureAwait(false)
                : Known(channel.Greeting, worker.Health.Capabilities);
            health = new(HealthStatus.Healthy, time.GetUtcNow(), "", Capabilities(channel.Greeting, tools));
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

    /// <summary>The workers that a plan of the runbook could draw and whose health is unknown, too old, or unavailable for a while.</summary>
    public async Task<IReadOnlyList<WorkerRecord>> FindDueAsync(RunbookDefinition runbook, EngineSettings settings, CancellationToken cancellationToken)
    {
        PlanningFacts facts = await store.GetPlanningFactsAsync(null, cancellationToken).ConfigureAwait(false);
        string? byDefault = facts.Pools.FirstOrDefault(pool => pool.IsDefault)?.Name;
        HashSet<string> wanted = runbook.Steps.Where(step => !step.Disabled).Select(step => step.Pool ?? byDefault).OfType<string>()
            .ToHashSet(EntityName.Comparer);
        HashSet<WorkerId> members = [.. facts.Pools.Where(pool => wanted.Contains(pool.Name)).SelectMany(pool => pool.Members).Select(member => member.Worker)];
        return [.. facts.Workers.Where(worker => members.Contains(worker.Id) && worker.State == WorkerState.Enabled && IsDue(worker.Health, settings))];
    }

    /// <summary>Checks workers side by side before a run is planned; for tools only where the runbook demands some, so that other runs need not wait.</summary>
    public Task CheckAsync(IEnumerable<WorkerRecord> workers, RunbookDefinition runbook, CancellationToken cancellationToken)
    {
        bool probe = runbook.Steps.Any(step => step.Demands.Count > 0);
        return Task.WhenAll(workers.Select(worker => CheckAsync(worker, probe, cancellationToken)));
    }

    // The greeting names interpreters; the version that an earlier check found still stands.
    private static Dictionary<string, string> Known(WorkerGreeting greeting, IReadOnlyDictionary<string, string> before)
    {
        Dictionary<string, string> known = new(before, StringComparer.OrdinalIgnoreCase);
        foreach (string name in greeting.Capabilities.Keys)
        {
            known.TryAdd(name, "");
        }

        return known;
    }

    private static Dictionary<string, string> Capabilities(WorkerGreeting greeting, IReadOnlyDictionary<string, string> tools) => new(tools)
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
