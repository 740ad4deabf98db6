using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to the two processes.</summary>
/// <param name="IsDriver">Whether it is the background driver.</param>
internal abstract record EngineOperation(bool IsDriver) : Operation
{
    /// <summary>It is killed; another takes its place.</summary>
    public sealed record Kill(bool IsDriver) : EngineOperation(IsDriver)
    {
        public override Task ApplyAsync(ModelWorld world) => world.ReplaceAsync(IsDriver, engine => engine.KillAsync());
    }

    /// <summary>It leaves and hands over; another takes its place.</summary>
    public sealed record Leave(bool IsDriver) : EngineOperation(IsDriver)
    {
        public override Task ApplyAsync(ModelWorld world) => world.ReplaceAsync(IsDriver, engine => engine.DisposeAsync().AsTask());
    }

    /// <summary>Others take it for dead, and it does not notice at once.</summary>
    public sealed record LoseDeclaration(bool IsDriver) : EngineOperation(IsDriver)
    {
        public override Task ApplyAsync(ModelWorld world)
        {
            PlayedEngine engine = IsDriver ? world.Driver : world.Front;
            world.Model.Doubts(engine.Id);
            engine.LoseDeclaration();
            return Task.CompletedTask;
        }
    }
}
