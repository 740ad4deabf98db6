using OctoWorkers.Engine.Definitions;
using Xunit;
using static OctoWorkers.Engine.Tests.Packages.PackageFiles;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Steps that have their worker for themselves.</summary>
public sealed class WorkerForItselfTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenParentThatWantsTheWorkerForItselfBesideItsChild_WhenTaskCapIsOne_ThenBothEnd()
    {
        await using RunWorld world = await CreateAsync("w1");
        await world.SetAsync("taskCap", "1");
        await world.First.Engine.PushPackageAsync(Zip(world.File("Acme.1.0.zip"), ("a", "x")), null, overwrites: false, Stop);
        await world.PutAsync("child", Step("uses", "cat a") with { Packages = [new("Acme")] });
        RunbookDefinition parent = new("the runbook", [Call("calls", "child"), Step("beside", "cat a") with { Packages = [new("Acme")], Start = StepStart.WithPrevious }])
        {
            Variables = [VariableDefinition.Text("OctopusBypassDeploymentMutex", "False")],
        };
        await world.PutAsync(parent);
        RunDetails run = await world.First.RunAsync("the runbook");
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        Assert.Empty(await world.First.Store.GetLocksAsync(Stop));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenWorkerThatSomebodyHasForHimself_WhenARunIsPlanned_ThenThePlanSaysForWhomItWouldWait()
    {
        await using RunWorld world = await CreateAsync("w1");
        await world.PutAsync(new RunbookDefinition("alone", [Step("alone", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done")])
        {
            Variables = [VariableDefinition.Text("OctopusBypassDeploymentMutex", "False")],
        });
        await world.PutAsync("later", Step("later", "true"));
        RunRecord alone = await world.First.StartAsync("alone");
        await world.First.SaysAsync(alone.Id, 1, "there");
        PlannedRun plan = Assert.Single(await world.First.Engine.PreviewAsync(new("later", TestEnvironment), new DefinitionSet(), false, Stop));
        Wait wait = Assert.Single(plan.Waits);
        Assert.Equal((WaitKind.Lock, alone.Id), (wait.Kind, wait.Holders.Single().Run));
        Assert.Contains("'w1'", wait.What, StringComparison.Ordinal);
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await world.First.EndAsync(alone.Id);
    }

    [Fact]
    public async Task GivenStepThatWantsTheWorkerForItself_WhenOthersRunThere_ThenItWaitsForThemAndLaterOnesWaitForIt()
    {
        await using RunWorld world = await CreateAsync("w1");
        string order = world.File("order");
        StepDefinition shared = Step("shares", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done; echo shared >> '{order}'");
        await world.PutAsync("shares", shared);
        await world.PutAsync("later", Step("later", $"echo later >> '{order}'"));
        RunbookDefinition alone = new("alone", [Step("alone", $"echo alone >> '{order}'")]) { Variables = [VariableDefinition.Text("OctopusBypassDeploymentMutex", "False")] };
        await world.PutAsync(alone);
        RunRecord[] first = [await world.First.StartAsync("shares"), await world.First.StartAsync("shares")];
        await world.First.SaysAsync(first[0].Id, 1, "there");
        await world.First.SaysAsync(first[1].Id, 1, "there");
        RunRecord writer = await world.First.StartAsync("alone");
        RunDetails waits = await world.First.BecomesAsync(writer.Id, details => details.Run.WaitingFor?.Contains("for itself", StringComparison.Ordinal) == true, "it waits");
        Assert.Contains(first[0].Id.ToString(), waits.Run.WaitingFor, StringComparison.Ordinal);
        RunRecord[] last = [await world.First.StartAsync("later"), await world.First.StartAsync("later")];
        foreach (RunRecord reader in last)
        {
            await world.First.BecomesAsync(reader.Id, details => details.Run.WaitingFor?.Contains(writer.Id.ToString(), StringComparison.Ordinal) == true, "it waits for the writer");
        }

        IReadOnlyList<RunRecord> chain = await world.First.Engine.ExplainWaitAsync(last[0].Id, Stop);
        Assert.Equal([last[0].Id, writer.Id], chain.Select(run => run.Id));
        Assert.Equal(first.Select(run => (RunId?)run.Id).ToHashSet(), chain[1].Waits.Single().Holders.Select(holder => holder.Run).ToHashSet());
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        foreach (RunRecord run in (RunRecord[])[.. first, writer, .. last])
        {
            Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run.Id)).Status);
        }

        Assert.Equal(["shared", "shared", "alone", "later", "later"], await File.ReadAllLinesAsync(order, Stop));
        Assert.Empty(await world.First.Store.GetLocksAsync(Stop));
    }
}
