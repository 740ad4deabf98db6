using System.Diagnostics;
using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PlanScaleTests
{
    [Fact]
    public void GivenTensOfThousandsOfWorkers_WhenThousandsOfKeysAreDrawn_ThenThePlanIsQuick()
    {
        // Every second worker is disabled. Judging the whole pool again for each draw would cost 300,000,000 looks, which is far above the limit;
        // the limit is far above what a plan takes, so that a busy machine passes too.
        const int workers = 30_000;
        const int keys = 10_000;
        WorkerRecord[] records = [.. Enumerable.Range(1, workers).Select(number => new WorkerRecord(
            new(number), $"worker{number}", new LocalConnection(), [], [], number % 2 == 0 ? WorkerState.Disabled : WorkerState.Enabled,
            WorkerRecord.BuiltIn.Health with { Status = HealthStatus.Healthy }, 0))];
        WorkerPoolRecord pool = new(new(1), "Setup", "", true, [.. records.Select(record => new PoolMember(record.Id, record.Id.Number))]);
        PlanningFacts facts = new([pool], records, new Dictionary<WorkerPoolId, PoolCursor>(), true);
        RunbookDefinition runbook = Runbook([.. Enumerable.Range(1, keys).Select(number => Step($"step{number}", null, $"package{number}"))]);

        TimeSpan best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            long began = Stopwatch.GetTimestamp();
            RunPlan plan = RunPlanner.Plan(runbook, Production, NothingSkipped, facts);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            best = took < best ? took : best;
            Assert.Equal(keys, plan.Draws.Count);
            Assert.Equal(keys, plan.Draws.Select(draw => draw.Worker).Distinct().Count());
        }

        Assert.True(best < TimeSpan.FromSeconds(1), $"The best of five plans took {best.TotalMilliseconds} ms.");
    }
}
