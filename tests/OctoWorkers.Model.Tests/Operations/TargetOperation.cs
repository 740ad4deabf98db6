using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to deployment targets as the store knows them.</summary>
/// <param name="Target">Its place among their names.</param>
internal abstract record TargetOperation(int Target) : Operation
{
    private string Name => StoreTemplate.Targets[Target];

    /// <summary>Somebody puts it, as it was at first.</summary>
    public sealed record Put(int Target) : TargetOperation(Target)
    {
        public override Task ApplyAsync(ModelWorld world) => world.Store.PutTargetAsync(StoreTemplate.TargetOf(Name), false, world.Stop);
    }

    /// <summary>Somebody enables or disables it.</summary>
    /// <param name="Target">Its place among their names.</param>
    /// <param name="Disabled">What it is to be.</param>
    public sealed record Set(int Target, bool Disabled) : TargetOperation(Target)
    {
        public override Task ApplyAsync(ModelWorld world)
            => ModelWorld.TryAsync(() => world.Store.SetTargetDisabledAsync(Name, Disabled, world.Stop), EngineError.TargetNotFound);
    }

    /// <summary>Somebody removes it.</summary>
    public sealed record Remove(int Target) : TargetOperation(Target)
    {
        public override Task ApplyAsync(ModelWorld world)
            => ModelWorld.TryAsync(() => world.Store.RemoveTargetAsync(Name, world.Stop), EngineError.TargetNotFound, EngineError.InUse);
    }

    /// <summary>Somebody removes it with the runs that hold it, and waits for that beside what comes next.</summary>
    public sealed record ForceRemove(int Target) : TargetOperation(Target)
    {
        public override Task ApplyAsync(ModelWorld world)
        {
            PlayedEngine front = world.Front;
            world.GoesOn(front, ModelWorld.TryAsync(() => front.Engine.RemoveTargetAsync(Name, force: true, world.Stop), EngineError.TargetNotFound, EngineError.InUse));
            return Task.CompletedTask;
        }
    }
}
