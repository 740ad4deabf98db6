using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Checks workers: those asked for, and, before a run is planned, those whose health is not known (semantics, section 1).</summary>
internal sealed class WorkerHealthChecker(IStore store, WorkerLinks links, TimeProvider time)
{
    private volatile WorkerRecord builtIn = WorkerRecord.BuiltIn;

    /// <summary>The built-in worker, with what this process found when it checked it: no store keeps that.</summary>
    public WorkerRecord BuiltIn => builtIn;

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
            Dictionary<string, string> capabilities = Capabilities(channel.Greeting, tools);
            if (probe)
            {
                capabilities[CapabilityMatch.FormName] = CapabilityMatch.Form;
            }

            health = new(HealthStatus.Healthy, time.GetUtcNow(), "", capabilities);
        }
        catch (OctoWorkersException e)
        {
            HealthStatus status = e.Error == EngineError.WorkerUnavailable ? HealthStatus.Unavailable : HealthStatus.Unhealthy;
            health = new(status, time.GetUtcNow(), e.Message, worker.Health.Capabilities);
        }

        if (worker.Id == WorkerRecord.BuiltInId)
        {
            builtIn = worker with { Health = health with { Status = HealthStatus.Healthy } };
        }
        else
        {
            await store.SetWorkerHealthAsync(worker.Id, health, cancellationToken).ConfigureAwait(false);
        }

        return new(worker.Name, health, time.GetElapsedTime(began));
    }

    /// <summary>
    /// The workers that a plan of the run could draw and whose health is unknown, too old, or unavailable for a while, or of which nobody knows whether they have
    /// what is demanded.
    /// </summary>
    public async Task<IReadOnlyList<WorkerRecord>> FindDueAsync(RunRequest run, EngineSettings settings, CancellationToken cancellationToken)
    {
        PlanningFacts facts = await store.GetPlanningFactsAsync(null, cancellationToken).ConfigureAwait(false);
        Dictionary<WorkerId, WorkerRecord> workers = facts.Workers.ToDictionary(worker => worker.Id);
        Dictionary<WorkerId, WorkerRecord> due = [];
        foreach (IGrouping<WorkerPoolRecord, StepNeed> pool in Needs(run, facts).GroupBy(need => need.Pool))
        {
            IReadOnlyList<CapabilityDemand>[] demands = [.. pool.Select(need => need.Demands).DistinctBy(all => string.Join('\n', all))];
            foreach (PoolMember member in pool.Key.Members)
            {
                if (workers.TryGetValue(member.Worker, out WorkerRecord? worker) && worker.State == WorkerState.Enabled
                    && (IsDue(worker.Health, settings) || (worker.Health.Status != HealthStatus.Unavailable && demands.Any(all => IsUnclear(worker, all)))))
                {
                    due[worker.Id] = worker;
                }
            }

            if (WorkerDraws.UsesBuiltIn(pool.Key) && facts.BuiltInWorkerEnabled && demands.Any(all => IsUnclear(builtIn, all)))
            {
                due[builtIn.Id] = builtIn;
            }
        }

        return [.. due.Values];
    }

    /// <summary>Checks workers side by side before a run is planned; for tools only where the runbook demands some, so that other runs need not wait.</summary>
    public Task CheckAsync(IEnumerable<WorkerRecord> workers, RunbookDefinition runbook, CancellationToken cancellationToken)
    {
        bool probe = runbook.Steps.Any(step => step.Demands.Count > 0 || step.Action is ScriptAction { Syntax: not ScriptSyntax.Bash });
        return Task.WhenAll(workers.Select(worker => CheckAsync(worker, probe, cancellationToken)));
    }

    private static bool IsUnclear(WorkerRecord worker, IReadOnlyList<CapabilityDemand> demands)
        => CapabilityMatch.Of(worker.Health.Capabilities, demands) is { Missing.Count: > 0, IsKnown: false };

    // Of a step whose pool cannot be found, the plan will say so.
    private static List<StepNeed> Needs(RunRequest run, PlanningFacts facts)
    {
        PoolSelection pools = new(facts.Pools, new(run.Snapshot, run.Environment.Name, PlanningScope.Of(run)));
        List<StepNeed> needs = [];
        foreach ((int index, StepDefinition step) in run.Snapshot.Steps.Index())
        {
            try
            {
                if (!step.Disabled && step.Action is not ManualAction)
                {
                    needs.Add(RunPlanner.NeedOf(index + 1, step, pools));
                }
            }
            catch (OctoWorkersException e) when (e.Error is EngineError.WorkerPoolNotFound or EngineError.VariableNotFound or EngineError.VariableConflict
                or EngineError.InvalidDefinition)
            {
                continue;
            }
        }

        return needs;
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
