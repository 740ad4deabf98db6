using OctoWorkers.Engine.Runs;
using OctoWorkers.Model.Tests.Scenarios;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What happens to runs.</summary>
internal abstract record RunOperation : Operation
{
    /// <summary>Somebody starts a run.</summary>
    /// <param name="Runbook">The place of its runbook; a place beyond the last begins anew.</param>
    /// <param name="Detached">Whether the driver is to drive it; otherwise the other engine does.</param>
    /// <param name="Priority">Its priority; null: that of its runbook.</param>
    /// <param name="ForTenant">Whether it is for the tenant.</param>
    public sealed record Start(int Runbook, bool Detached, RunPriority? Priority, bool ForTenant) : RunOperation
    {
        public override async Task ApplyAsync(ModelWorld world)
        {
            string name = RunbookSpec.NameOf(Runbook % world.Scenario.Runbooks.Count);
            NewRun run = new(name, StoreTemplate.Environment) { Detached = Detached, Priority = Priority, Tenant = ForTenant ? StoreTemplate.Tenant : null };
            world.Model.Starts((await world.Front.Engine.StartRunAsync(run, world.Stop)).Id);
        }
    }

    /// <summary>Somebody runs a run again from the step that failed, if it did.</summary>
    /// <param name="Run">Its place among those that were started; one beyond the last begins anew.</param>
    /// <param name="Detached">Whether the driver is to drive it.</param>
    public sealed record Rerun(int Run, bool Detached) : RunOperation
    {
        public override async Task ApplyAsync(ModelWorld world)
        {
            if (world.Model.RunAt(Run) is { } run)
            {
                await ModelWorld.TryAsync(
                    async () => world.Model.Starts((await world.Front.Engine.RerunFromFailedAsync(new NewRerun(run) { Detached = Detached }, world.Stop)).Id),
                    EngineError.InvalidRunState, EngineError.NoEligibleTarget);
            }
        }
    }

    /// <summary>Somebody cancels a run.</summary>
    /// <param name="Run">Its place among those that were started; one beyond the last begins anew.</param>
    public sealed record Cancel(int Run) : RunOperation
    {
        public override async Task ApplyAsync(ModelWorld world)
        {
            if (world.Model.RunAt(Run) is { } run)
            {
                await world.Front.Engine.CancelRunAsync(run, "no longer wanted", world.Stop);
            }
        }
    }
}
