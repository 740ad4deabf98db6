namespace OctoWorkers.Engine.Definitions;

/// <summary>Finds what has a name, without regard to case; who mistypes it is told what was probably meant.</summary>
public static class Named
{
    /// <summary>A worker, the built-in one too.</summary>
    /// <param name="workers">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerNotFound"/>.</exception>
    public static WorkerRecord Worker(IReadOnlyList<WorkerRecord> workers, string name)
        => EntityName.Comparer.Equals(name, WorkerRecord.BuiltInName)
            ? WorkerRecord.BuiltIn
            : Find(workers, worker => worker.Name, name, EngineError.WorkerNotFound, "worker");

    /// <summary>A deployment target.</summary>
    /// <param name="targets">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TargetNotFound"/>.</exception>
    public static DeploymentTargetRecord Target(IReadOnlyList<DeploymentTargetRecord> targets, string name)
        => Find(targets, target => target.Name, name, EngineError.TargetNotFound, "deployment target");

    /// <summary>A worker pool.</summary>
    /// <param name="pools">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/>.</exception>
    public static WorkerPoolRecord Pool(IReadOnlyList<WorkerPoolRecord> pools, string name)
        => Find(pools, pool => pool.Name, name, EngineError.WorkerPoolNotFound, "worker pool");

    /// <summary>A machine policy.</summary>
    /// <param name="policies">All of the store.</param>
    /// <param name="name">The name asked for.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.MachinePolicyNotFound"/>.</exception>
    public static MachinePolicyRecord MachinePolicy(IReadOnlyList<MachinePolicyRecord> policies, string name)
        => Find(policies, policy => policy.Definition.Name, name, EngineError.MachinePolicyNotFound, "machine policy");

    /// <summary>An environment.</summary>
    /// <param name="environments">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.EnvironmentNotFound"/>.</exception>
    public static EnvironmentRecord Environment(IReadOnlyList<EnvironmentRecord> environments, string name)
        => Find(environments, environment => environment.Name, name, EngineError.EnvironmentNotFound, "environment");

    /// <summary>A runbook.</summary>
    /// <param name="runbooks">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookNotFound"/>.</exception>
    public static RunbookRecord Runbook(IReadOnlyList<RunbookRecord> runbooks, string name)
        => Find(runbooks, runbook => runbook.Definition.Name, name, EngineError.RunbookNotFound, "runbook");

    /// <summary>A tenant.</summary>
    /// <param name="tenants">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TenantNotFound"/>.</exception>
    public static TenantRecord Tenant(IReadOnlyList<TenantRecord> tenants, string name)
        => Find(tenants, tenant => tenant.Name, name, EngineError.TenantNotFound, "tenant");

    /// <summary>A variable set.</summary>
    /// <param name="sets">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableSetNotFound"/>.</exception>
    public static VariableSetRecord VariableSet(IReadOnlyList<VariableSetRecord> sets, string name)
        => Find(sets, set => set.Definition.Name, name, EngineError.VariableSetNotFound, "variable set");

    /// <summary>A feed of packages.</summary>
    /// <param name="feeds">Those that there are.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FeedNotFound"/>.</exception>
    public static FeedRecord Feed(IReadOnlyList<FeedRecord> feeds, string name)
        => Find(feeds, feed => feed.Name, name, EngineError.FeedNotFound, "feed");

    private static T Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name, EngineError error, string kind)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(all);
        if (all.FirstOrDefault(one => EntityName.Comparer.Equals(nameOf(one), name)) is { } found)
        {
            return found;
        }

        string hint = NearestWord.Hint(name, all.Select(nameOf));
        string known = all.Count == 0 ? "; there is none yet." : ".";
        throw new OctoWorkersException(error, $"There is no {kind} {FoundText.Quote(name)}{(hint.Length == 0 ? known : hint)}", name);
    }
}
