using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Planning;

/// <summary>Which pool a step draws from, and why.</summary>
internal sealed class PoolSelection
{
    private readonly Dictionary<string, WorkerPoolRecord> byName;
    private readonly WorkerPoolRecord? defaultPool;

    private readonly PoolVariables variables;

    internal PoolSelection(IReadOnlyList<WorkerPoolRecord> pools, PoolVariables variables)
    {
        this.variables = variables;
        byName = pools.ToDictionary(pool => pool.Name, EntityName.Comparer);
        defaultPool = pools.FirstOrDefault(pool => pool.IsDefault);
    }

    /// <summary>The pool of a step.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/>, and what <see cref="PoolVariables.Resolve"/> throws.</exception>
    internal (WorkerPoolRecord Pool, string Reason) Select(StepDefinition step)
    {
        if (step.PoolVariable is { } variable)
        {
            (string named, string why) = variables.Resolve(step, variable);
            return (byName.GetValueOrDefault(named) ?? throw NotFound($"Step '{step.Name}' draws by the {why}: it", named), why);
        }

        if (step.Pool is null)
        {
            return (defaultPool ?? throw new OctoWorkersException(
                EngineError.WorkerPoolNotFound,
                $"Step '{step.Name}' names no pool, and no pool is the default. Name a pool in the step, or make a pool the default.",
                step.Name), "the step names no pool, so the default pool");
        }

        return (byName.GetValueOrDefault(step.Pool) ?? throw NotFound($"Step '{step.Name}'", step.Pool), "the step names this pool");
    }

    private OctoWorkersException NotFound(string what, string pool)
    {
        // By name, so that the suggestion does not depend on the order of the facts.
        string? nearest = NearestWord.Find(pool, byName.Values.Select(candidate => candidate.Name).Order(StringComparer.Ordinal));
        string remedy = nearest is null ? "Add the pool, or name another." : $"Did you mean '{nearest}'? Otherwise add the pool, or name another.";
        return new(EngineError.WorkerPoolNotFound, $"{what} names the pool '{pool}', and there is none of that name. {remedy}", pool);
    }
}
