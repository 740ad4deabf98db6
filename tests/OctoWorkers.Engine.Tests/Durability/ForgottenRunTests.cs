using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>A worker that loses what it knew of a run while its engines die, one after the other: no step is started a second time.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class ForgottenRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenKilledEngineAndALostDisk_WhenTheNextEngineIsKilledAtAnyMoment_ThenTheThirdStartsNothingTwice()
    {
        string[] calls = [.. await DryRunAsync()];
        Assert.Contains(calls, call => call.EndsWith(" EnterRunAsync", StringComparison.Ordinal));

        // Up to the start of the second step; what follows is the same as of any other run.
        int last = 1 + Array.FindIndex(calls, call => call.EndsWith(" StartAsync", StringComparison.Ordinal));
        Assert.InRange(last, 3, 30);
        await CrashCases.AllAsync(CrashCases.PointsOf(Enumerable.Range(1, last)), async point =>
        {
            await using DurableWorld world = await WorldAsync();
            using (CrashHostProcess second = CrashHostProcess.Drive(world, point))
            {
                int code = await second.WaitAsync();
                Assert.True(code is CrashHostProcess.Killed or 0, $"The second engine ended with {code}. {second.Errors}");
            }

            await world.DriveAsync();
            await VerifyAsync(world);
        });
    }

    private static async Task<IReadOnlyList<string>> DryRunAsync()
    {
        await using DurableWorld world = await WorldAsync();
        using CrashHostProcess second = CrashHostProcess.Drive(world, trace: true);
        Assert.True(await second.WaitAsync() == 0, second.Errors);
        await VerifyAsync(world);
        return second.Calls;
    }

    // The first engine has died, and then the worker, with its disk.
    private static async Task<DurableWorld> WorldAsync()
    {
        DurableWorld world = await Scenario.Forgotten.WorldAsync();
        using (CrashHostProcess first = CrashHostProcess.Start(world, Scenario.Forgotten.Name, "never"))
        {
            await world.MadeAsync("begun");
            await world.StoredAsync();
            first.Kill();
            await first.WaitAsync();
        }

        await Eventually.HoldsAsync(
            () =>
            {
                foreach (int process in world.Processes())
                {
                    ProcessTree.Kill(process);
                }

                return world.Processes().Count == 0;
            },
            "nothing runs on the worker",
            Stop);
        Directory.Delete(world.StateHome, recursive: true);
        Directory.CreateDirectory(world.StateHome);
        return world;
    }

    private static async Task VerifyAsync(DurableWorld world)
    {
        await ExactlyOnce.VerifyAsync(world, Scenario.Forgotten);
        Assert.Equal(
            [(1, AttemptOutcome.Unknown), (2, AttemptOutcome.Succeeded)],
            (await world.Store.GetEventsAsync(new(1), Stop)).OfType<AttemptEnded>().Select(ended => (ended.Step, ended.Outcome)));
    }
}
