using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What time brings.</summary>
internal abstract record TimeOperation : Operation
{
    /// <summary>Time passes.</summary>
    /// <param name="Minutes">How much.</param>
    public sealed record Turn(int Minutes) : TimeOperation
    {
        public override Task ApplyAsync(ModelWorld world)
        {
            world.Clock.Turn(TimeSpan.FromMinutes(Minutes));
            return Task.CompletedTask;
        }
    }

    /// <summary>Scripts that take their time come to their end.</summary>
    /// <param name="Count">How many at the most.</param>
    public sealed record Finish(int Count) : TimeOperation
    {
        public override Task ApplyAsync(ModelWorld world)
        {
            world.Fleet.Finish(Count);
            return Task.CompletedTask;
        }
    }
}
