using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Transports;
using OctoWorkers.TestKit.Workers;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Workers that are lost, or forget, before a step has started there.</summary>
public sealed class WorkerReplacementTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAWorkerThatForgotTheRunAfterItWasEntered_WhenTheStepStarts_ThenItIsEnteredAgain()
    {
        await using RunWorld world = await CreateAsync("w1");
        SimulatedFleet fleet = new();
        CuttingTransport transport = new(fleet.TransportOf(new ProcessLife()));
        int starts = 0;
        transport.Before = (worker, method, _) =>
        {
            if (method == "StartAsync" && Interlocked.Increment(ref starts) == 1)
            {
                fleet.Forget(worker);
            }

            return Task.CompletedTask;
        };
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.PutAsync("the runbook", Step("Say", new SimulatedScript(1, 0, 0, Holds: false, IsLost: false).Text));
        RunRecord run = await engine.StartAsync("the runbook");
        Assert.Equal(RunStatus.Success, (await engine.EndAsync(run.Id)).Status);
        Assert.Equal(["1-1-1 says 1"], await engine.TextAsync(run.Id, 1));
        Assert.Equal(2, starts);
    }

    [Fact]
    public async Task GivenAWorkerThatVanishesAfterItWasChosen_WhenTheStepIsToStart_ThenAnotherIsDrawn()
    {
        await using RunWorld world = await CreateAsync("worker1", "worker2");
        world.Transport.Before = (worker, method, _) =>
        {
            if (worker == "worker1" && method == nameof(IWorkerChannel.EnterRunAsync))
            {
                world.Transport.Vanish(worker);
            }

            return Task.CompletedTask;
        };
        RunDetails run = await world.RunAsync(Step("works", "true"));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal("worker2", run.Steps[0].Attempts.Single().WorkerName);
        Assert.Equal(HealthStatus.Unavailable, await HealthAsync(world, "worker1"));
        WorkerReplaced replaced = Assert.Single((await world.First.Store.GetEventsAsync(run.Run.Id, Stop)).OfType<WorkerReplaced>());
        Assert.Equal(("worker1", "worker2"), (replaced.LostName, replaced.Draw.WorkerName));

        // It was asked to enter the run, so something of the run may be there.
        Assert.Equal(run.Run.Id, Assert.Single(await world.First.Store.GetPendingCleanupsAsync(Stop)).Run);
        world.Transport.Before = null;
        world.Transport.Admit("worker1");
        await world.First.Engine.CheckWorkerAsync((await world.First.Store.GetWorkersAsync(Stop))[0], Stop);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAWorkerThatVanishesBetweenTwoSteps_WhenTheSecondIsToStart_ThenAnotherIsDrawn()
    {
        await using RunWorld world = await CreateAsync("worker1", "worker2");
        RunId run = await world.StartAsync(
            Step("first", "true"),
            Step("pause", "exit 1") with { Retry = new() { Count = 1, Backoff = TimeSpan.FromSeconds(1) } },
            Step("last", "true") with { Condition = StepCondition.Always });
        await world.First.BecomesAsync(run, details => details.Steps[1].Attempts is [{ Outcome: AttemptOutcome.Failed }], "the second step waits");
        world.Transport.Vanish("worker1");
        await world.First.EndAsync(run);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(["worker1", "worker2"], details.Steps[1].Attempts.Select(attempt => attempt.WorkerName));
        Assert.Equal("worker2", details.Steps[2].Attempts.Single().WorkerName);
        Assert.Equal(StepStatus.Succeeded, details.Steps[2].Status);
        Assert.Equal(HealthStatus.Unavailable, await HealthAsync(world, "worker1"));
    }

    [Fact]
    public async Task GivenNoOtherWorker_WhenTheOnlyOneVanishesBeforeTheStep_ThenTheStepFailsAndSaysBoth()
    {
        await using RunWorld world = await CreateAsync("worker1");
        world.Transport.Before = (worker, method, _) =>
        {
            if (method == nameof(IWorkerChannel.EnterRunAsync))
            {
                world.Transport.Vanish(worker);
            }

            return Task.CompletedTask;
        };
        RunDetails run = await world.RunAsync(Step("never", "true"));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("cannot be replaced", run.Steps[0].Error, StringComparison.Ordinal);
        Assert.Empty(run.Steps[0].Attempts);
    }

    [Fact]
    public async Task GivenAConnectionThatBreaksAsTheStepIsToStart_WhenTheWorkerIsThere_ThenItIsUsed()
    {
        await using RunWorld world = await CreateAsync("worker1");
        int calls = 0;
        world.Transport.Before = (worker, method, _) =>
        {
            if (method == nameof(IWorkerChannel.EnterRunAsync) && ++calls == 1)
            {
                world.Transport.Cut(worker);
            }

            return Task.CompletedTask;
        };
        RunDetails run = await world.RunAsync(Step("works", "true"));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal(2, calls);
        Assert.Empty((await world.First.Store.GetEventsAsync(run.Run.Id, Stop)).OfType<WorkerReplaced>());
        await world.AssertNothingIsLeftAsync();
    }

    private static async Task<HealthStatus> HealthAsync(RunWorld world, string worker)
        => (await world.First.Store.GetWorkersAsync(Stop)).Single(one => one.Name == worker).Health.Status;
}
