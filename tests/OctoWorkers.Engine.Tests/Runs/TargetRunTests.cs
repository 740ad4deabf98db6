using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;
using static OctoWorkers.Engine.Tests.Runs.TargetWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Steps that are about deployment targets, with real machines and a real store.</summary>
public sealed class TargetRunTests(SshServer server) : IClassFixture<SshServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenTwoTargets_WhenAStepRunsOnThem_ThenEachHasItsLinesVariablesAndOutputs()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        await world.PutAsync(new RunbookDefinition("the runbook",
        [
            On("Deploy", "echo \"#{Octopus.Machine.Name} #{Octopus.Machine.Roles} #{Colour} #{Size} $(get_octopusvariable Octopus.Machine.Id)\"; set_octopusvariable Where \"#{Octopus.Machine.Name}\""),
            Step("After", "echo \"#{Octopus.Action[Deploy].Output[web-1].Where} #{Octopus.Action[Deploy].Output[web-2].Where} #{Octopus.Step[Deploy].Status.Code}\"; [ -n \"#{Octopus.Action[Deploy].Output.Where}\" ]"),
        ])
        {
            Variables =
            [
                VariableDefinition.Text("Colour", "none"),
                VariableDefinition.Text("Colour", "blue") with { Scope = new() { Machines = ["web-1"] } },
                VariableDefinition.Text("Size", "big") with { Scope = new() { TargetTags = ["web"] } },
            ],
        });
        RunDetails run = await world.First.RunAsync("the runbook");
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        IReadOnlyList<LogLine> lines = await world.First.LogAsync(run.Run.Id, 1);
        Assert.Equal(
            [("web-1", "web-1 web blue big Machines-1"), ("web-2", "web-2 web none big Machines-2")], lines.Select(line => (line.Target, line.Text)).Order());
        Assert.Equal(["web-1 web-2 Succeeded"], await world.First.TextAsync(run.Run.Id, 2));
        Assert.Equal([("web-1", "web-1"), ("web-2", "web-2")], run.Steps[0].Targets!.Select(target => (target.Name, target.WorkerName)));
        Assert.All(run.Steps[0].Targets!, target => Assert.Equal((StepStatus.Succeeded, 1), (target.Status, target.Attempts.Count)));
        Assert.NotNull(run.Steps[0].Started);
        Assert.Null(run.Steps[1].Targets);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenTwoTargets_WhenAStepRunsOnAWorkerOnBehalfOfEach_ThenTheWorkerRunsItAndTheTargetsVariablesAreThere()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        await world.AddWorkersAsync(WorkerPoolDefinition.DefaultName, "w1");
        RunDetails run = await world.RunAsync(On("Deploy", "echo \"#{Octopus.Machine.Name} #{Octopus.WorkerPool.Name}\"", onWorker: true));
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        Assert.Equal(["web-1 Default Worker Pool", "web-2 Default Worker Pool"], (await world.First.TextAsync(run.Run.Id, 1)).Order());
        Assert.All(run.Steps[0].Targets!, target => Assert.Equal("w1", target.WorkerName));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenTwoRunsOfTwoEngines_WhenTheyShareATarget_ThenTheyTakeTurnsStepByStepAndOnAWorkerTheyDoNot()
    {
        await using RunWorld world = await WorldAsync("web-1");
        await world.AddWorkersAsync(WorkerPoolDefinition.DefaultName, "w1");
        EngineInstance second = await world.AddEngineAsync();
        string turn = $"cd '{world.File("")}'; mkdir here || exit 9; sleep 0.05; rmdir here";
        await world.PutAsync("the runbook", [.. Enumerable.Range(1, 3).Select(number => On($"s{number}", turn, onWorker: number == 3) with
        {
            // Also steps of one run that could run side by side.
            Start = number == 1 ? StepStart.AfterPrevious : StepStart.WithPrevious,
        })]);
        RunRecord[] runs = [await world.First.StartAsync("the runbook"), await second.StartAsync("the runbook"), await world.First.StartAsync("the runbook")];
        foreach (RunRecord run in runs)
        {
            RunRecord ended = await world.First.EndAsync(run.Id);
            Assert.True(ended.Status == RunStatus.Success, ended.Error);
        }

        string meet = $"cd '{world.File("")}'; touch $OCTOWORKERS_TICKET; until [ $(ls | grep -c -- '-1-1$') -eq 2 ]; do sleep 0.02; done";
        await world.PutAsync("meeting", Step("meets", meet));
        RunRecord[] together = [await world.First.StartAsync("meeting"), await second.StartAsync("meeting")];
        foreach (RunRecord run in together)
        {
            Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run.Id)).Status);
        }

        await world.AssertNothingIsLeftAsync();
        Assert.Empty(await world.First.Store.GetLocksAsync(Stop));
    }

    [Fact]
    public async Task GivenATargetThatIsHeld_WhenARunWantsIt_ThenItSaysForWhomItWaitsAndAVariableLetsItPass()
    {
        await using RunWorld world = await WorldAsync("web-1");
        await world.PutAsync("holder", On("holds", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunRecord holder = await world.First.StartAsync("holder");
        await world.First.SaysAsync(holder.Id, 1, "there");
        await world.PutAsync("waits", On("says", "true"));
        RunRecord waits = await world.First.StartAsync("waits");
        RunDetails waiting = await world.First.BecomesAsync(waits.Id, details => details.Run.Waits.Any(wait => wait.Kind == WaitKind.Lock), "it waits for the target");
        Wait wait = waiting.Run.Waits.Single(one => one.Kind == WaitKind.Lock);
        Assert.Equal((1, $"deployment target 'web-1' for itself ({holder.Id}, which has it alone for step 1)"), (wait.Step, wait.What));
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.RemoveTargetAsync("web-1", force: false, Stop));
        Assert.Equal(EngineError.InUse, refused.Error);
        Assert.Contains($"{holder.Id}", refused.Message, StringComparison.Ordinal);

        // Who bypasses the mutex is a reader: it shares with readers, not with the writer that came before.
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(waits.Id)).Status);
        string meet = $"cd '{world.File("")}'; touch $OCTOWORKERS_TICKET; until [ $(ls | grep -c -- '-[0-9]-1$') -eq 2 ]; do sleep 0.02; done";
        await world.PutAsync(new RunbookDefinition("meeting", [On("meets", meet)]) { Variables = [VariableDefinition.Text("OctopusBypassDeploymentMutex", "True")] });
        RunRecord[] together = [await world.First.StartAsync("meeting"), await world.First.StartAsync("meeting")];
        foreach (RunRecord run in together)
        {
            Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run.Id)).Status);
        }

        await world.First.Engine.RemoveTargetAsync("web-1", force: false, Stop);
        Assert.Empty(await world.First.Store.GetTargetsAsync(Stop));
    }

    [Fact]
    public async Task GivenStepWithoutTargets_WhenRun_ThenItIsSkippedWithAWarning()
    {
        await using RunWorld world = await WorldAsync("web-1");
        RunDetails run = await world.RunAsync(On("Deploy", "echo never", tag: "db"), Step("After", "echo after"));
        Assert.Equal((RunStatus.Success, StepStatus.Skipped), (run.Run.Status, run.Steps[0].Status));
        Assert.Contains(await world.First.LogAsync(run.Run.Id, 0), line => line.Level == LogLevel.Warning && line.Text.Contains("no deployment target", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenRunOnTargets_WhenCanceled_ThenAllItsPartsAreEnded()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2", "web-3");
        RunId run = await world.StartAsync(On("long", "echo begun; sleep 7602", window: 2), Step("Clean", "echo clean") with { Condition = StepCondition.Always });
        await world.First.BecomesAsync(run, details => details.Steps[0].Targets?.Count(target => target.Attempts.Count > 0) == 2, "two are under way");
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(run)).Status);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal([StepStatus.Canceled, StepStatus.Canceled, StepStatus.Skipped], details.Steps[0].Targets!.Select(target => target.Status));
        Assert.Equal(["clean"], await world.First.TextAsync(run, 2));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenRunOnTargets_WhenItsEngineLeaves_ThenTheNextGoesOnWithEachPart()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        EngineInstance leaving = await world.AddEngineAsync();
        await world.PutAsync("the runbook", On("Deploy", $"echo begun; until [ -e '{world.File("go")}' ]; do sleep 0.02; done; echo done") with { Retry = new() { Count = 1 } });
        RunId run = (await leaving.StartAsync("the runbook")).Id;
        await world.First.BecomesAsync(run, details => details.Steps[0].Targets?.Count(target => target.Attempts.Count > 0) == 2, "two are under way");
        await leaving.Engine.HandOverAsync(Stop);
        await world.LeaveAsync(leaving);
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await world.SetAsync("driverIdle", "0");
        await world.First.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        Assert.Equal(["begun", "begun", "done", "done"], (await world.First.TextAsync(run, 1)).Order());
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.All(details.Steps[0].Targets!, target => Assert.Single(target.Attempts));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenTargetReachedBySsh_WhenAStepRunsOnIt_ThenItRunsThere()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport transport = new(TimeProvider.System);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutTargetAsync(new("remote", server.Connection, [TestEnvironment], ["web"]), true, Stop);
        await world.PutAsync("the runbook", On("Deploy", "echo \"${SSH_CONNECTION:+over ssh} #{Octopus.Machine.Name}\"; echo kept > a.txt; new_octopusartifact a.txt"));
        RunRecord run = await engine.StartAsync("the runbook");
        RunRecord ended = await engine.EndAsync(run.Id);
        Assert.True(ended.Status == RunStatus.Success, ended.Error);
        Assert.Contains("remote", Assert.Single(await engine.TextAsync(run.Id, 1)), StringComparison.Ordinal);
        RunArtifact artifact = Assert.Single(OctoWorkers.Engine.Artifacts.RunArtifacts.Collected(run.Id, await world.First.Store.GetEventsAsync(run.Id, Stop)));
        Assert.Equal((1, "remote"), (artifact.Step, artifact.Target));
        await world.AssertNothingIsLeftAsync();
    }
}
