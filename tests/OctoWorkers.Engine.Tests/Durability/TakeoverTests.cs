using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Whose a run is: as long as its process lives, its alone; and never two processes'.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class TakeoverTests
{
    private static readonly RunId TheRun = new(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenLivingEngine_WhenDriverComes_ThenItLeavesTheRunAlone()
    {
        await using DurableWorld world = await Scenario.Held.WorldAsync();
        using CrashHostProcess owner = CrashHostProcess.Start(world, Scenario.Held.Name, "never");
        await world.MadeAsync("begun");
        RunRecord before = await world.Store.GetRunAsync(TheRun, Stop);
        await world.DriveAsync();
        await AssertUntouchedAsync(world, before);
        await EndAsync(world, owner);
    }

    [Fact]
    public async Task GivenStoppedEngine_WhenDriverComes_ThenItLeavesTheRunAloneAndTheEngineGoesOn()
    {
        await using DurableWorld world = await Scenario.Held.WorldAsync();
        using CrashHostProcess owner = CrashHostProcess.Start(world, Scenario.Held.Name, "never");
        await world.MadeAsync("begun");
        owner.Signal("STOP");
        RunRecord before = await world.Store.GetRunAsync(TheRun, Stop);
        await world.DriveAsync();
        await AssertUntouchedAsync(world, before);
        world.Give("go");
        owner.Signal("CONT");
        await EndAsync(world, owner);
    }

    [Fact]
    public async Task GivenDriver_WhenAnotherStarts_ThenItLeavesAtOnce()
    {
        await using DurableWorld world = await Scenario.Held.WorldAsync();
        await world.Store.SetSettingAsync("driverIdle", "1", Stop);
        await using (OctoWorkersEngine asking = world.Engine())
        {
            await asking.StartRunAsync(new NewRun(Scenario.Held.Name, "Test") { Detached = true }, Stop);
        }

        using CrashHostProcess first = CrashHostProcess.Drive(world);
        await world.MadeAsync("begun");
        RunRecord before = await world.Store.GetRunAsync(TheRun, Stop);
        using (CrashHostProcess second = CrashHostProcess.Drive(world, trace: true))
        {
            Assert.True(await second.WaitAsync() == 0, second.Errors);
            Assert.Empty(second.Calls);
        }

        await AssertUntouchedAsync(world, before);
        await EndAsync(world, first);
    }

    [Fact]
    public async Task GivenRunClaimedByAnother_WhenItsOldOwnerWakesUp_ThenItIsFencedOutAndStartsAndLeavesNothing()
    {
        await using DurableWorld world = await Scenario.Held.WorldAsync();
        using CrashHostProcess old = CrashHostProcess.Start(world, Scenario.Held.Name, "never", trace: true);
        await world.MadeAsync("begun");
        await world.StoredAsync();
        await StopAndClaimAsync(world, old);
        world.Give("go");
        await world.DriveAsync();
        Assert.Equal(RunStatus.Success, (await world.Store.GetRunAsync(TheRun, Stop)).Status);

        await EnterAsync(world, fencingToken: 1);
        old.Signal("CONT");
        Assert.True(await old.WaitAsync() == 0, old.Errors);
        Assert.Equal(1, Count(old, "StartAsync"));
        await ExactlyOnce.VerifyAsync(world, Scenario.Held);
    }

    [Fact]
    public async Task GivenRunClaimedByAnother_WhenItsStepEnds_ThenTheOldOwnerStartsNoOther()
    {
        await using DurableWorld world = await Scenario.Held.WorldAsync();
        using CrashHostProcess old = CrashHostProcess.Start(world, Scenario.Held.Name, "never", trace: true);
        await world.MadeAsync("begun");
        await world.StoredAsync();
        await ClaimAsync(world);
        int before = Wishes(old);
        world.Give("go");
        await Eventually.HoldsAsync(() => Wishes(old) > before, "the old owner wanted to store something", Stop);
        Assert.Equal(["1-1-1"], world.Effects);
        await world.DriveAsync();
        Assert.True(await old.WaitAsync() == 0, old.Errors);
        Assert.Equal(1, Count(old, "StartAsync"));
        await ExactlyOnce.VerifyAsync(world, Scenario.Held);
    }

    // What the store refuses to a fenced owner: the step's end, and the lock that the next step needs.
    private static int Wishes(CrashHostProcess owner) => Count(owner, "CommitAsync") + Count(owner, "TakeLockAsync");

    // One that is stopped in the middle of a transaction keeps the store locked; then it goes on, and is stopped at another moment.
    private static async Task StopAndClaimAsync(DurableWorld world, CrashHostProcess owner)
    {
        for (int tries = 3; ; tries--)
        {
            owner.Signal("STOP");
            try
            {
                await ClaimAsync(world);
                return;
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.StoreBusy && tries > 0)
            {
                owner.Signal("CONT");
            }
        }
    }

    // As a process of another machine would that takes the owner for dead.
    private static async Task ClaimAsync(DurableWorld world)
    {
        RunRecord before = await world.Store.GetRunAsync(TheRun, Stop);
        RunRecord? claimed = await world.Store.ClaimRunAsync(TheRun, EngineId.New(), before.Owner, Stop);
        Assert.Equal(before.FencingToken + 1, claimed!.FencingToken);
    }

    // As an entering of the old owner's does that comes to the worker when the new one has removed the run there.
    private static async Task EnterAsync(DurableWorld world, long fencingToken)
    {
        await using IWorkerChannel channel = await world.Transport().OpenAsync(new(world.Store.Key, WorkerRecord.BuiltInId, WorkerRecord.BuiltInName, new LocalConnection()), Stop);
        await channel.EnterRunAsync(TheRun.ToString(), fencingToken, knownUnder: 0, Stop);
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(world.StateHome, $"*{TheRun}*", SearchOption.AllDirectories));
    }

    private static async Task AssertUntouchedAsync(DurableWorld world, RunRecord before)
    {
        RunRecord after = await world.Store.GetRunAsync(TheRun, Stop);
        Assert.Equal(before.Owner, after.Owner);
        Assert.Equal(before.FencingToken, after.FencingToken);
        Assert.Equal(RunStatus.Executing, after.Status);
    }

    private static async Task EndAsync(DurableWorld world, CrashHostProcess owner)
    {
        world.Give("go");
        Assert.True(await owner.WaitAsync() == 0, owner.Errors);
        Assert.Empty((await world.Store.GetEventsAsync(TheRun, Stop)).OfType<TakenOver>());
        await ExactlyOnce.VerifyAsync(world, Scenario.Held);
    }

    private static int Count(CrashHostProcess host, string call) => host.Calls.Count(line => line.EndsWith(" " + call, StringComparison.Ordinal));
}
