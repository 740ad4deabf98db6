using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>Builds planning facts as a store would hold them: ids and places grow and are never used twice.</summary>
internal sealed class PlanningWorld
{
    internal const string Production = "Production";

    private readonly List<WorkerPoolRecord> pools = [];
    private readonly List<WorkerRecord> workers = [];
    private readonly Dictionary<WorkerPoolId, PoolCursor> cursors = [];
    private long lastPosition;
    private long lastWorker;

    internal PlanningWorld() => pools.Add(new(new(1), WorkerPoolDefinition.DefaultName, "", true, []));

    internal bool BuiltInWorkerEnabled { get; set; } = true;

    internal PlanningFacts Facts => new([.. pools], [.. workers], new Dictionary<WorkerPoolId, PoolCursor>(cursors), BuiltInWorkerEnabled);

    internal static StepDefinition Step(string name, string? pool = null, params string[] packages)
        => new(name, new ScriptAction("true")) { Pool = pool, Packages = [.. packages.Select(id => new PackageReference(id))] };

    internal static RunbookDefinition Runbook(params StepDefinition[] steps) => new("Deploy", steps);

    internal PlanningWorld Pool(string name, params string[] members)
    {
        if (pools.All(pool => pool.Name != name))
        {
            pools.Add(new(new(pools.Count + 1), name, "", false, []));
        }

        return members.Aggregate(this, (world, member) => world.Join(name, member));
    }

    internal PlanningWorld Join(string pool, string worker)
    {
        if (workers.All(known => known.Name != worker))
        {
            Worker(worker);
        }

        int index = pools.FindIndex(candidate => candidate.Name == pool);
        pools[index] = pools[index] with { Members = [.. pools[index].Members, new PoolMember(IdOf(worker), ++lastPosition)] };
        return this;
    }

    internal PlanningWorld Leave(string pool, string worker)
    {
        int index = pools.FindIndex(candidate => candidate.Name == pool);
        WorkerId id = IdOf(worker);
        pools[index] = pools[index] with { Members = [.. pools[index].Members.Where(member => member.Worker != id)] };
        return this;
    }

    internal PlanningWorld Worker(
        string name, WorkerState state = WorkerState.Enabled, HealthStatus health = HealthStatus.Healthy, string message = "", DateTimeOffset? checkedAt = null)
    {
        WorkerHealth found = WorkerRecord.BuiltIn.Health with { Status = health, Message = message, CheckedAt = checkedAt };
        int index = workers.FindIndex(worker => worker.Name == name);
        if (index < 0)
        {
            workers.Add(new(new(++lastWorker), name, new LocalConnection(), [], [], state, found, 0));
        }
        else
        {
            workers[index] = workers[index] with { State = state, Health = found };
        }

        return this;
    }

    /// <summary>Gives a worker Bash and other capabilities, as a check of this version finds them.</summary>
    internal PlanningWorld Has(string name, params (string Name, string Version)[] capabilities) => Capable(name, [("bash", "5.2"), .. capabilities]);

    internal PlanningWorld Capable(string name, (string Name, string Version)[] capabilities, bool isCurrent = true)
    {
        int index = workers.FindIndex(worker => worker.Name == name);
        Dictionary<string, string> all = capabilities.ToDictionary(one => one.Name, one => one.Version);
        if (isCurrent)
        {
            all["capabilities"] = "2";
        }

        workers[index] = workers[index] with { Health = workers[index].Health with { Capabilities = all } };
        return this;
    }

    /// <summary>Makes a worker one that is reached otherwise.</summary>
    internal PlanningWorld Reached(string name, WorkerConnection connection)
    {
        int index = workers.FindIndex(worker => worker.Name == name);
        workers[index] = workers[index] with { Connection = connection };
        return this;
    }

    internal PlanningWorld Remove(string name)
    {
        foreach (WorkerPoolRecord pool in pools.ToList())
        {
            Leave(pool.Name, name);
        }

        workers.RemoveAll(worker => worker.Name == name);
        return this;
    }

    /// <summary>Plans, and keeps the cursors as a store does.</summary>
    internal RunPlan Run(params StepDefinition[] steps)
    {
        RunPlan plan = RunPlanner.Plan(Runbook(steps), Production, NothingSkipped, Facts);
        foreach (WorkerDraw draw in plan.Draws.Where(draw => draw.After is not null))
        {
            cursors[draw.Pool] = draw.After!;
        }

        return plan;
    }

    internal OctoWorkersException Fails(params StepDefinition[] steps)
        => Xunit.Assert.Throws<OctoWorkersException>(() => RunPlanner.Plan(Runbook(steps), Production, NothingSkipped, Facts));

    internal static IReadOnlyDictionary<int, string> NothingSkipped { get; } = new Dictionary<int, string>();

    internal WorkerId IdOf(string worker) => workers.Single(known => known.Name == worker).Id;
}
