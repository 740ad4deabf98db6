using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>An engine that is killed while it cancels a run: the next one ends what runs.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class CancelCrashTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenCancel_WhenEngineIsKilledAtAnyMomentOfIt_ThenRunEndsCanceledAndItsProcessesAreGone()
    {
        (int begin, int end) = await DryRunAsync();
        int killed = 0;
        await CrashCases.AllAsync(CrashCases.PointsOf(Enumerable.Range(begin, end - begin + 1)), async point =>
        {
            await using DurableWorld world = await Scenario.Endless.WorldAsync();
            using CrashHostProcess host = CrashHostProcess.Start(world, Scenario.Endless.Name, point);
            await CancelAsync(world, host);
            Interlocked.Add(ref killed, await host.WaitAsync() == CrashHostProcess.Killed ? 1 : 0);
            await world.DriveAsync();
            await ExactlyOnce.VerifyAsync(world, Scenario.Endless);
        });
        Assert.InRange(killed, end - begin, 2 * (end - begin + 1));
    }

    [Fact]
    public async Task GivenKilledEngine_WhenRunIsCanceledBeforeTheNextOneComes_ThenItEndsWhatTheDeadLeft()
    {
        await using DurableWorld world = await Scenario.Endless.WorldAsync();
        using (CrashHostProcess host = CrashHostProcess.Start(world, Scenario.Endless.Name, "never"))
        {
            await AsleepAsync(world);
            host.Kill();
            await host.WaitAsync();
        }

        Assert.Contains(world.Processes(), process => ProcessTree.EnvironmentHolds(process, "OCTOWORKERS_TICKET=1-1-1"));
        await world.Store.RequestCancelAsync(new RunId(1), "somebody", "", TimeProvider.System.GetUtcNow(), Stop);
        await world.DriveAsync();
        await ExactlyOnce.VerifyAsync(world, Scenario.Endless);
    }

    // The calls from the one that stores the cancel to the last.
    private static async Task<(int Begin, int End)> DryRunAsync()
    {
        await using DurableWorld world = await Scenario.Endless.WorldAsync();
        using CrashHostProcess host = CrashHostProcess.Start(world, Scenario.Endless.Name, "never", trace: true);
        await CancelAsync(world, host);
        await host.WaitAsync();
        await ExactlyOnce.VerifyAsync(world, Scenario.Endless);
        IReadOnlyList<string> calls = host.Calls;
        int first = calls.TakeWhile(call => !call.EndsWith(" TerminateAsync", StringComparison.Ordinal)).Count();
        Assert.Equal(2, calls.Count(call => call.EndsWith(" TerminateAsync", StringComparison.Ordinal)));
        return (first, calls.Count);
    }

    private static async Task CancelAsync(DurableWorld world, CrashHostProcess host)
    {
        await AsleepAsync(world, host);
        await world.Store.RequestCancelAsync(new RunId(1), "somebody", "enough", TimeProvider.System.GetUtcNow(), Stop);
    }

    private static Task AsleepAsync(DurableWorld world, CrashHostProcess? host = null)
        => Eventually.HoldsAsync(
            () => host is { HasExited: true } || (File.Exists(Path.Combine(world.Here, "asleep")) && File.Exists(Path.Combine(world.Here, "said"))), "both steps have printed", Stop);
}
