using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PlanScaleTests
{
    [Fact]
    public void GivenTensOfThousandsOfWorkers_WhenThousandsOfKeysAreDrawn_ThenNobodyIsJudgedForEachDraw()
    {
        // Every second worker is disabled. Judging the whole pool again for each draw would cost 300,000,000 looks.
        const int workers = 30_000;
        const int keys = 10_000;
        WorkerRecord[] records = [.. Enumerable.Range(1, workers).Select(number => new WorkerRecord(
            new(number), $"worker{number}", new LocalConnection(), [], [], number % 2 == 0 ? WorkerState.Disabled : WorkerState.Enabled,
            WorkerHealth.NeverChecked with { Status = HealthStatus.Healthy }, 0))];
        CountedList<WorkerRecord> everyWorker = new(records);
        CountedList<PoolMember> members = new([.. records.Select(record => new PoolMember(record.Id, record.Id.Number))]);
        WorkerPoolRecord pool = new(new(1), "Setup", "", true, members);
        PlanningFacts facts = new([pool], everyWorker, new Dictionary<WorkerPoolId, PoolCursor>(), true);
        RunbookDefinition runbook = Runbook([.. Enumerable.Range(1, keys).Select(number => Step($"step{number}", null, $"package{number}"))]);

        RunPlan plan = RunPlanner.Plan(runbook, Production, NothingSkipped, facts);
        Assert.Equal(keys, plan.Draws.Count);
        Assert.Equal(keys, plan.Draws.Select(draw => draw.Worker).Distinct().Count());
        Assert.InRange(members.Looks, workers, 5 * workers);
        Assert.InRange(everyWorker.Looks, workers, 5 * workers);
    }
}
