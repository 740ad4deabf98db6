using System.Globalization;

namespace OctoWorkers.Engine.Planning;

/// <summary>Says that a pool has nobody to take the work, why, and what helps.</summary>
internal static class NoEligibleWorker
{
    /// <summary>Of a pool whose members are all ineligible, or that has none.</summary>
    /// <param name="failure">What cannot be done.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="skipped">Its members by reason; empty when it has none.</param>
    internal static OctoWorkersException InPool(string failure, WorkerPoolRecord pool, IReadOnlyList<SkippedWorkers> skipped)
        => Error(pool.Name, skipped.Count == 0
            ? $"{failure}: pool '{pool.Name}' has no workers. Add one to it, or name another pool."
            : $"{failure}: no worker of pool '{pool.Name}' is eligible ({string.Join("; ", skipped.Select(Described))}). "
                + "Enable, repair or check one of them, or add another worker to the pool.");

    /// <summary>Of the default pool, without members, when the built-in worker cannot stand in.</summary>
    /// <param name="failure">What cannot be done.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="isEnabled">Whether the built-in worker is switched on, so that it was found unreachable.</param>
    internal static OctoWorkersException InEmptyDefaultPool(string failure, string pool, bool isEnabled)
        => Error(pool, isEnabled
            ? $"{failure}: the default pool '{pool}' has no workers, and the built-in worker could not be reached. Add a worker to the pool."
            : $"{failure}: the default pool '{pool}' has no workers, and the built-in worker is switched off. "
                + "Add a worker to the pool, or switch the built-in worker on.");

    /// <summary>Of the default pool, without members, when the built-in worker lacks what is demanded.</summary>
    /// <param name="failure">What cannot be done.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="unmet">What it lacks.</param>
    internal static OctoWorkersException BuiltInLacks(string failure, string pool, Ineligibility unmet)
        => Error(pool, $"{failure}: the default pool '{pool}' has no workers, and the built-in worker {unmet.Text}. "
            + "Install that on this machine, or add a worker that has it to the pool.");

    private static OctoWorkersException Error(string pool, string message) => new(EngineError.NoEligibleWorker, message, pool);

    private static string Described(SkippedWorkers group)
    {
        string names = string.Join(", ", group.Names);
        int more = group.Count - group.Names.Count;
        return more == 0 ? $"{group.Reason}: {names}" : string.Create(CultureInfo.InvariantCulture, $"{group.Reason}: {names} and {more} more");
    }
}
