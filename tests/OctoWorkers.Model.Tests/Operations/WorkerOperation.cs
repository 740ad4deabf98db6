using System.Globalization;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to workers as the store knows them. The first is in the default pool, the second in both, the third in the second one, each with or without a cap.</summary>
/// <param name="Worker">Its number.</param>
internal abstract record WorkerOperation(int Worker) : Operation
{
    /// <summary>How many workers there may be.</summary>
    public const int Count = 4;

    /// <summary>Its name.</summary>
    public string Name => NameOf(Worker);

    public static string NameOf(int worker) => string.Create(CultureInfo.InvariantCulture, $"worker{worker}");

    /// <summary>Somebody adds it, or puts it anew as it was at first.</summary>
    public sealed record Add(int Worker) : WorkerOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => PutAsync(world, Worker is 2 or 3 ? 1 : null);
    }

    /// <summary>Somebody puts it with a cap.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="Cap">How many steps run on it at once; null: as many as come.</param>
    public sealed record SetCap(int Worker, int? Cap) : WorkerOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => PutAsync(world, Cap);
    }

    /// <summary>Somebody removes it.</summary>
    public sealed record Remove(int Worker) : WorkerOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world)
            => ModelWorld.TryAsync(() => world.Store.RemoveWorkerAsync(Name, world.Stop), EngineError.WorkerNotFound, EngineError.InUse);
    }

    /// <summary>Somebody removes it with the runs that have it, and waits for that beside what comes next.</summary>
    public sealed record ForceRemove(int Worker) : WorkerOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world)
        {
            PlayedEngine front = world.Front;
            world.GoesOn(front, ModelWorld.TryAsync(() => front.Engine.RemoveWorkerAsync(Name, force: true, world.Stop), EngineError.WorkerNotFound, EngineError.InUse));
            return Task.CompletedTask;
        }
    }

    /// <summary>Somebody enables or disables it.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="State">What it is to be.</param>
    public sealed record Set(int Worker, WorkerState State) : WorkerOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world)
            => ModelWorld.TryAsync(() => world.Store.SetWorkerStateAsync(Name, State, world.Stop), EngineError.WorkerNotFound);
    }

    /// <summary>Somebody drains it within ten minutes.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="Cancels">Whether runs that have it then are canceled.</param>
    public sealed record Drain(int Worker, bool Cancels) : WorkerOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world)
            => ModelWorld.TryAsync(() => world.Front.Engine.DrainWorkerAsync(Name, TimeSpan.FromMinutes(10), Cancels, world.Stop), EngineError.WorkerNotFound);
    }

    private Task<WorkerRecord> PutAsync(ModelWorld world, int? cap)
    {
        string[] pools = Worker switch
        {
            2 => [WorkerPoolDefinition.DefaultName, StoreTemplate.LeastPool, StoreTemplate.SecondPool],
            3 => [StoreTemplate.SecondPool],
            _ => [WorkerPoolDefinition.DefaultName, StoreTemplate.LeastPool],
        };
        return world.Store.PutWorkerAsync(new(Name, new LocalConnection(), pools) { MaxSteps = cap }, false, world.Stop);
    }
}
