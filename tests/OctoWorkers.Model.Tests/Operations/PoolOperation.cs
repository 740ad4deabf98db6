using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to pools.</summary>
internal abstract record PoolOperation : Operation
{
    /// <summary>Somebody changes how many steps run in the second pool at once.</summary>
    /// <param name="Cap">How many; null: as many as come.</param>
    public sealed record SetCap(int? Cap) : PoolOperation
    {
        public override Task ApplyAsync(ModelWorld world) => world.Store.PutPoolAsync(new(StoreTemplate.SecondPool) { MaxSteps = Cap }, false, world.Stop);
    }

    /// <summary>Somebody changes how the pool draws that has the workers of the default pool.</summary>
    /// <param name="Policy">How.</param>
    public sealed record SetPolicy(PoolPolicy Policy) : PoolOperation
    {
        public override Task ApplyAsync(ModelWorld world) => world.Store.PutPoolAsync(new(StoreTemplate.LeastPool) { Policy = Policy }, false, world.Stop);
    }
}
