using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to the queue.</summary>
internal abstract record QueueOperation : Operation
{
    /// <summary>Somebody pauses it.</summary>
    public sealed record Pause : QueueOperation
    {
        public override Task ApplyAsync(ModelWorld world) => world.Front.Engine.PauseQueueAsync("a look around", world.Stop);
    }

    /// <summary>Somebody lets it go on.</summary>
    public sealed record Resume : QueueOperation
    {
        public override Task ApplyAsync(ModelWorld world) => world.Front.Engine.ResumeQueueAsync(world.Stop);
    }

    /// <summary>Somebody changes how many runs execute at once.</summary>
    /// <param name="Cap">The task cap.</param>
    public sealed record SetCap(int Cap) : QueueOperation
    {
        public override Task ApplyAsync(ModelWorld world)
            => world.Store.SetSettingAsync("taskCap", Cap.ToString(System.Globalization.CultureInfo.InvariantCulture), world.Stop);
    }

    /// <summary>Somebody moves a run to its top.</summary>
    /// <param name="Run">Its place among those that were started; one beyond the last begins anew.</param>
    public sealed record MoveToTop(int Run) : QueueOperation
    {
        public override Task ApplyAsync(ModelWorld world)
            => world.Model.RunAt(Run) is { } run ? ModelWorld.TryAsync(() => world.Store.MoveToTopAsync(run, world.Stop), EngineError.InvalidRunState) : Task.CompletedTask;
    }

    /// <summary>Somebody gives a run another priority.</summary>
    /// <param name="Run">Its place among those that were started; one beyond the last begins anew.</param>
    /// <param name="Priority">The priority.</param>
    public sealed record SetPriority(int Run, RunPriority Priority) : QueueOperation
    {
        public override Task ApplyAsync(ModelWorld world)
            => world.Model.RunAt(Run) is { } run ? ModelWorld.TryAsync(() => world.Store.SetPriorityAsync(run, Priority, world.Stop), EngineError.InvalidRunState) : Task.CompletedTask;
    }
}
