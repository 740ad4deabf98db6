using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Planning;

/// <summary>Which pool a step draws from, and why.</summary>
internal sealed class PoolSelection
{
    private readonly Dictionary<string, WorkerPoolRecord> byName;
    private readonly WorkerPoolRecord? defaultPool;

    internal PoolSelection(IReadOnlyList<WorkerPoolRecord> pools)
    {
        byName = pools.ToDictionary(pool => pool.Name, EntityName.Comparer);
        defaultPool = pools.FirstOrDefault(pool => pool.IsDefault);
    }

    /// <summary>The pool of a step.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/>.</exception>
    internal (WorkerPoolRecord Pool, string Reason) Select(StepDefinition step)
    {
        if (step.Pool is null)
        {
            return (defaultPool ?? throw new OctoWorkersException(
                EngineError.WorkerPoolNotFound,
                $"Step '{step.Name}' names no pool, and no pool is the default. Name a pool in the step, or make a pool the default.",
                step.Name), "the step names no pool, so the default pool");
        }

        return (byName.GetValueOrDefault(step.Pool) ?? throw NotFound(step.Name, step.Pool), "the step names this pool");
    }

    private OctoWorkersException NotFound(string step, string pool)
    {
        // By name, so that the suggestion does not depend on the order of the facts.
        string? nearest = NearestWord.Find(pool, byName.Values.Select(candidate => candidate.Name).Order(StringComparer.Ordinal));
        string remedy = nearest is null ? "Add the pool, or name another." : $"Did you mean '{nearest}'? Otherwise add the pool, or name another.";
        return new(EngineError.WorkerPoolNotFound, $"Step '{step}' names the pool '{pool}', and there is none of that name. {remedy}", pool);
    }
}
