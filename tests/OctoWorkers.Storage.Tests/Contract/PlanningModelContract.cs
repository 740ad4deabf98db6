using FsCheck;
using FsCheck.Fluent;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>Random sequences of draws, replacements and ends, beside a model that keeps them in dictionaries.</summary>
public abstract class PlanningModelContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private const int Runs = 4;

    [Fact]
    public async Task GivenAnyOrder_WhenRunsPlanReplaceAndEnd_ThenCursorsAndLeasesAreThoseOfTheModel()
    {
        await Store.PutPoolAsync(new("A"), true, Cancel);
        await Store.PutPoolAsync(new("B"), true, Cancel);
        await AddWorkerAsync("one", "A", "B");
        await AddWorkerAsync("two", "A");
        await AddWorkerAsync("three", "B", "A");
        Gen<int[]> sequences = Gen.ArrayOf(Gen.Choose(0, (Runs * 2 * 3) - 1), 25);
        foreach (int[] sequence in sequences.Sample(8, 30))
        {
            await RunAsync(sequence);
        }
    }

    private async Task RunAsync(int[] sequence)
    {
        RunRecord[] runs = await Task.WhenAll(Enumerable.Range(0, Runs).Select(i => CreateRunAsync(runbook: $"Book {i % 2}")));
        Dictionary<(RunbookId, string Pool), PoolCursor> cursors = [];
        foreach (RunbookId runbook in runs.Select(run => run.Request.Runbook).Distinct())
        {
            foreach ((WorkerPoolId pool, PoolCursor cursor) in (await Store.GetPlanningFactsAsync(runbook, Cancel)).Cursors)
            {
                cursors[(runbook, pool == new WorkerPoolId(2) ? "A" : "B")] = cursor;
            }
        }

        List<(RunId Run, string Key, string Worker)> leases = [];
        foreach (int code in sequence)
        {
            RunRecord run = runs[code % Runs];
            string pool = (code / Runs % 2) == 0 ? "A" : "B";
            await ((code / (Runs * 2)) switch
            {
                0 => PlanAsync(run, pool, cursors, leases),
                1 => ReplaceAsync(run, pool, cursors, leases),
                _ => EndAndReplaceRunAsync(runs, code % Runs, leases),
            });
            Assert.Equal(leases, (await Store.GetLeasesAsync(Cancel)).Select(lease => (lease.Run, lease.Key.Text, lease.WorkerName)));
            foreach (((RunbookId runbook, string name), PoolCursor cursor) in cursors)
            {
                WorkerPoolId id = (await Store.GetPoolsAsync(Cancel)).Single(record => record.Name == name).Id;
                Assert.Equal(cursor, (await Store.GetPlanningFactsAsync(runbook, Cancel)).Cursors[id]);
            }
        }

        Assert.Empty(await Store.CheckAsync(Cancel));
        foreach (RunRecord run in runs)
        {
            await EndAsync(run);
        }
    }

    private async Task PlanAsync(
        RunRecord run, string pool, Dictionary<(RunbookId, string), PoolCursor> cursors, List<(RunId Run, string Key, string Worker)> leases)
    {
        WorkerDraw draw = null!;
        await Store.PlanAsync(run.Id, run.FencingToken, facts => [Sample.Planned(draw = Sample.Draw(facts, pool, pool))], Cancel);
        leases.RemoveAll(lease => lease.Run == run.Id);
        leases.Add((run.Id, pool, draw.WorkerName));
        Assert.Equal(cursors.GetValueOrDefault((run.Request.Runbook, pool)), draw.Before);
        cursors[(run.Request.Runbook, pool)] = draw.After!;
    }

    private async Task ReplaceAsync(
        RunRecord run, string pool, Dictionary<(RunbookId, string), PoolCursor> cursors, List<(RunId Run, string Key, string Worker)> leases)
    {
        int held = leases.FindIndex(lease => lease.Run == run.Id && lease.Key == pool);
        if (held < 0)
        {
            return;
        }

        WorkerRecord lost = (await Store.GetWorkersAsync(Cancel)).Single(worker => worker.Name == leases[held].Worker);
        WorkerDraw draw = null!;
        await Store.PlanAsync(
            run.Id,
            run.FencingToken,
            facts => [new WorkerReplaced(lost.Id, lost.Name, draw = Sample.Draw(facts, pool, pool)) { At = Sample.Now }],
            Cancel);
        leases.RemoveAt(held);
        leases.Add((run.Id, pool, draw.WorkerName));
        cursors[(run.Request.Runbook, pool)] = draw.After!;
    }

    private async Task EndAndReplaceRunAsync(RunRecord[] runs, int index, List<(RunId Run, string Key, string Worker)> leases)
    {
        await EndAsync(runs[index]);
        leases.RemoveAll(lease => lease.Run == runs[index].Id);
        runs[index] = await CreateRunAsync(runbook: $"Book {index % 2}");
    }
}
