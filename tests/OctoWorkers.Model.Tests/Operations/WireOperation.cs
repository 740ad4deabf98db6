using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to workers as machines, and to what lies between.</summary>
/// <param name="Worker">Its number; those above the workers' are the deployment targets'.</param>
internal abstract record WireOperation(int Worker) : Operation
{
    private string Name => Worker > WorkerOperation.Count ? StoreTemplate.Targets[Worker - WorkerOperation.Count - 1] : WorkerOperation.NameOf(Worker);

    /// <summary>Its connections break.</summary>
    public sealed record Cut(int Worker) : WireOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => Did(() => world.Fleet.Cut(Name));
    }

    /// <summary>Its connections break in the middle of a later call.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="Calls">How many go well before.</param>
    /// <param name="HasEffect">Whether the worker does what that call asks for.</param>
    public sealed record CutAt(int Worker, int Calls, bool HasEffect) : WireOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => Did(() => world.Fleet.CutAt(Name, Calls, HasEffect));
    }

    /// <summary>It can no longer be reached, or can again.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="IsGone">Whether it cannot.</param>
    public sealed record Vanish(int Worker, bool IsGone) : WireOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => Did(() => world.Fleet.Vanish(Name, IsGone));
    }

    /// <summary>It does not answer any more, or does again.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="Hangs">Whether it does not.</param>
    public sealed record Hang(int Worker, bool Hangs) : WireOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => Did(() => world.Fleet.Hang(Name, Hangs));
    }

    /// <summary>It is started anew.</summary>
    /// <param name="Worker">Its number.</param>
    /// <param name="LosesDisk">Whether it has lost what it kept.</param>
    public sealed record Restart(int Worker, bool LosesDisk) : WireOperation(Worker)
    {
        public override Task ApplyAsync(ModelWorld world) => Did(() => world.Fleet.Restart(Name, LosesDisk));
    }

    private static Task Did(Action what)
    {
        what();
        return Task.CompletedTask;
    }
}
