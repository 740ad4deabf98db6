using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Backups;

/// <summary>Runs that were under way when their store was backed up are ended by the restore, with all that was under way of them.</summary>
public sealed class RestoredRunTests : StoreContract<SqliteStoreFactory>
{
    [Theory]
    [InlineData(null, StepStatus.Unknown)]
    [InlineData(StepStatus.Succeeded, StepStatus.Unknown)]
    [InlineData(StepStatus.Failed, StepStatus.Failed)]
    public async Task GivenAStepForTargetsUnderWay_WhenRestored_ThenItAndItsPartsHaveEnded(StepStatus? first, StepStatus expected)
    {
        EnvironmentRecord environment = await Store.PutEnvironmentAsync(new("Production"), false, Cancel);
        RunbookRecord runbook = await Store.PutRunbookAsync(
            new("Deploy", [new("Web", new ScriptAction("echo hello")) { Targets = new(["web"]) }, new("After", new ScriptAction("echo hello"))]), Sample.Now, Cancel);
        RunRecord run = await Store.CreateRunAsync(new(runbook.Id, runbook.Definition, environment) { CreatedBy = "ada" }, new EngineId("dead"), Sample.Now, Cancel);
        PlannedStep step = new(1, "Web", null, null, null, null, null, null)
        {
            Targets = [new(3, new(1), "web-1", ["web"]), new(4, new(2), "web-2", ["web"]), new(5, new(3), "web-3", ["web"])],
        };
        await CommitAsync(run, new RunPlanned(new([step], [])) { At = Sample.Now }, new RunStarted { At = Sample.Now }, new AttemptIntended(3, 1, new(1), "web-1") { At = Sample.Now });
        if (first is { } end)
        {
            await CommitAsync(
                run,
                new AttemptEnded(3, 1, end == StepStatus.Failed ? AttemptOutcome.Failed : AttemptOutcome.Succeeded, 0, null, null) { At = Sample.Now },
                new StepEnded(3, end, null) { At = Sample.Now });
        }

        if (first != StepStatus.Succeeded)
        {
            await CommitAsync(run, new AttemptIntended(4, 1, new(2), "web-2") { At = Sample.Now });
        }

        string backup = Path.Combine(Factory.Folder, "store.backup");
        string folder = Path.Combine(Factory.Folder, "copy");
        await Store.BackupAsync(backup, new ArtifactFolder(Factory.Folder), false, true, Cancel);
        Assert.Equal([run.Id], (await StoreRestore.RestoreAsync(backup, folder, TimeProvider.System, Cancel)).EndedRuns);
        await using SqliteStore copy = await SqliteStore.OpenAsync(folder, TimeProvider.System, Cancel);
        IReadOnlyList<RunEvent> events = await copy.GetEventsAsync(run.Id, Cancel);
        Dictionary<int, StepStatus> steps = events.OfType<StepEnded>().ToDictionary(ended => ended.Step, ended => ended.Status);
        Assert.Equal(expected, steps[1]);
        Assert.False(steps.ContainsKey(2));
        Assert.Equal(first ?? StepStatus.Unknown, steps[3]);
        Assert.Equal(first != StepStatus.Succeeded, steps.GetValueOrDefault(4) == StepStatus.Unknown);
        Assert.Equal(events.OfType<AttemptIntended>().Count(), events.OfType<AttemptEnded>().Count());
        Assert.Equal(RunStatus.Failed, Assert.IsType<RunEnded>(events[^1]).Status);
    }
}
