using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Checks workers: those asked for, and, before a run is planned, those whose health is not known (semantics, section 1).</summary>
internal sealed class WorkerHealthChecker(IStore store, WorkerLinks links, ISecretProtector secrets, TimeProvider time)
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
        MachinePolicyDefinition policy = MachinePolicies.Of(worker, await store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            IWorkerChannel channel = await links.To(worker).OpenAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<string, string> tools = probe
                ? await WorkerAnswer.WithinAsync(
                    worker.Name, CapabilityProbe.Patience + WorkerAnswer.Patience, time, token => ProbeAsync(channel, policy, token), cancellationToken)
                    .ConfigureAwait(false)
                : Known(channel.Greeting, worker.Health.Capabilities);
            Dictionary<string, string> capabilities = Capabilities(channel.Greeting, tools);
            if (probe)
            {
                capabilities[CapabilityMatch.FormName] = CapabilityMatch.Form;
            }

            HealthVerdict? verdict = await WorkerAnswer.WithinAsync(
                worker.Name, policy.Timeout + WorkerAnswer.Patience, time,
                token => new HealthScript(channel, policy, worker, secrets, time).RunAsync(token), cancellationToken).ConfigureAwait(false);
            health = new(verdict?.Status ?? HealthStatus.Healthy, time.GetUtcNow(), verdict?.Message ?? "", capabilities);
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
            await store.SetWorkerHealthAsync(worker, health, cancellationToken).ConfigureAwait(false);
        }

        return new(worker.Name, health, time.GetElapsedTime(began));
    }

    /// <summary>Checks a worker because somebody asked, or because it is time: as its machine policy says.</summary>
    public async Task<WorkerCheck> CheckByPolicyAsync(WorkerRecord worker, CancellationToken cancellationToken)
    {
        MachinePolicyDefinition policy = MachinePolicies.Of(worker, await store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false));
        return await CheckAsync(worker, policy.Kind == HealthCheckKind.Script, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The workers that a plan of the run could draw and whose health is unknown, too old, or unavailable for a while, or of which nobody knows whether they have
    /// what is demanded; and those that nothing is to be asked of and that a pool has no choice but to give.
    /// </summary>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<DueWorkers> FindDueAsync(RunRequest run, EngineSettings settings, CancellationToken cancellationToken)
    {
        PlanningFacts facts = await store.GetPlanningFactsAsync(null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MachinePolicyRecord> policies = await store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<WorkerId, WorkerRecord> workers = facts.Workers.ToDictionary(worker => worker.Id);
        Dictionary<WorkerId, WorkerRecord> due = [];
        List<WorkerRecord> expected = [];
        foreach (IGrouping<WorkerPoolRecord, StepNeed> pool in Needs(run, facts).GroupBy(need => need.Pool))
        {
            IReadOnlyList<CapabilityDemand>[] demands = [.. pool.Select(need => need.Demands).DistinctBy(all => string.Join('\n', all))];
            WorkerRecord[] enabled = [.. pool.Key.Members.Select(member => workers.GetValueOrDefault(member.Worker)).OfType<WorkerRecord>()
                .Where(worker => worker.State == WorkerState.Enabled)];
            foreach (WorkerRecord worker in enabled)
            {
                if (IsDue(worker, policies, settings) || (worker.Health.Status != HealthStatus.Unavailable && demands.Any(all => IsUnclear(worker, all))))
                {
                    due[worker.Id] = worker;
                }
            }

            if (enabled is [{ Health.Status: HealthStatus.Healthy or HealthStatus.HasWarnings } only] && !due.ContainsKey(only.Id))
            {
                expected.Add(only);
            }

            if (WorkerDraws.UsesBuiltIn(pool.Key) && facts.BuiltInWorkerEnabled && demands.Any(all => IsUnclear(builtIn, all)))
            {
                due[builtIn.Id] = builtIn;
            }
        }

        foreach (DeploymentTargetRecord target in TargetsOf(run, facts))
        {
            if (IsDue(target.Machine, policies, settings) || (target.Health.Status != HealthStatus.Unavailable && IsUnclear(target, run)))
            {
                due[target.Machine.Id] = target.Machine;
            }
        }

        return new([.. due.Values], expected);
    }

    /// <summary>Those of some workers whose health is unknown, too old, or unavailable for a while, or of which nobody knows whether they have what is demanded.</summary>
    public async Task<IReadOnlyList<WorkerRecord>> FindDueAsync(
        IEnumerable<WorkerRecord> workers, IReadOnlyList<CapabilityDemand> demands, EngineSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<MachinePolicyRecord> policies = await store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        return [.. workers.Where(worker => worker.State == WorkerState.Enabled
            && (IsDue(worker, policies, settings) || (worker.Health.Status != HealthStatus.Unavailable && IsUnclear(worker, demands))))];
    }

    /// <summary>Checks workers side by side before a run is planned; for tools only where the runbook demands some, so that other runs need not wait.</summary>
    public Task CheckAsync(IEnumerable<WorkerRecord> workers, RunbookDefinition runbook, CancellationToken cancellationToken)
    {
        bool probe = runbook.Steps.Any(step => step.Demands.Count > 0 || step.Action is ScriptAction { Syntax: not ScriptSyntax.Bash });
        return Task.WhenAll(workers.Select(worker => CheckAsync(worker, probe, cancellationToken)));
    }

    private static bool IsUnclear(WorkerRecord worker, IReadOnlyList<CapabilityDemand> demands)
        => CapabilityMatch.Of(worker, demands) is { Missing.Count: > 0, IsKnown: false };

    private static IEnumerable<DeploymentTargetRecord> TargetsOf(RunRequest run, PlanningFacts facts)
        => facts.Targets.Where(target => !target.Disabled && target.Environments.Contains(run.Environment.Name, EntityName.Comparer) && StepsOn(run, target).Any());

    private static bool IsUnclear(DeploymentTargetRecord target, RunRequest run)
        => StepsOn(run, target).Any(step => !step.DrawsWorker() && IsUnclear(target.Machine, StepNeed.DemandsOf(step)));

    private static IEnumerable<StepDefinition> StepsOn(RunRequest run, DeploymentTargetRecord target)
        => run.Snapshot.Steps.Where(step => !step.Disabled && step.Targets is { } wanted && wanted.Tags.Any(tag => target.Tags.Contains(tag, EntityName.Comparer)));

    // Of a step whose pool cannot be found, the plan will say so.
    private static List<StepNeed> Needs(RunRequest run, PlanningFacts facts)
    {
        PoolSelection pools = new(facts.Pools, new(run.Snapshot, run.Environment.Name, PlanningScope.Of(run)));
        List<StepNeed> needs = [];
        foreach ((int index, StepDefinition step) in run.Snapshot.Steps.Index())
        {
            try
            {
                if (!step.Disabled && step.DrawsWorker())
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

    private bool IsDue(WorkerRecord worker, IReadOnlyList<MachinePolicyRecord> policies, EngineSettings settings)
        => MachinePolicies.IsDue(worker.Health, MachinePolicies.Of(worker, policies), settings, time.GetUtcNow());

    // The policy's own commands come last: they know better.
    private async Task<IReadOnlyDictionary<string, string>> ProbeAsync(IWorkerChannel channel, MachinePolicyDefinition policy, CancellationToken cancellationToken)
    {
        if (channel.Greeting.Versions is { } said)
        {
            return said;
        }

        Dictionary<string, string> found = new(await CapabilityProbe.RunAsync(channel, time, cancellationToken).ConfigureAwait(false), EntityName.Comparer);
        foreach ((string name, string version) in await CustomProbe.RunAsync(channel, policy.Capabilities, time, cancellationToken).ConfigureAwait(false))
        {
            found[name] = version;
        }

        return found;
    }
}
