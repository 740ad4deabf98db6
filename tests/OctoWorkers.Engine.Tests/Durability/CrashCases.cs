using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Carries out many cases side by side, and tells of all that failed.</summary>
internal static class CrashCases
{
    private const int Width = 4;

    /// <summary>Before and after each of these calls.</summary>
    public static IEnumerable<string> PointsOf(IEnumerable<int> calls) => calls.SelectMany(call => (string[])[$"before:{call}", $"after:{call}"]);

    /// <summary>Does it for every case.</summary>
    /// <param name="cases">The cases; their text names them in the message.</param>
    /// <param name="test">Throws when a case fails.</param>
    public static async Task AllAsync<T>(IEnumerable<T> cases, Func<T, Task> test)
    {
        List<string> failures = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Width, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(cases, options, async (one, _) =>
        {
            try
            {
                await test(one);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                lock (failures)
                {
                    failures.Add($"{one}: {failure}");
                }
            }
        });
        Assert.True(failures.Count == 0, $"{failures.Count} cases failed.\n{string.Join("\n\n", failures)}");
    }

    /// <summary>Starts the scenario's runbook in a process that kills itself at a point.</summary>
    /// <returns>Whether it came to that point.</returns>
    public static async Task<bool> StartAsync(DurableWorld world, Scenario scenario, string point)
    {
        using CrashHostProcess host = CrashHostProcess.Start(world, scenario.Name, point);
        int code = await host.WaitAsync();
        Assert.True(code is CrashHostProcess.Killed or 0, $"The engine ended with {code}. {host.Errors}");
        return code == CrashHostProcess.Killed;
    }

    /// <summary>A driver in this process ends what the dead left. A run that was not stored before its process died is started again.</summary>
    public static async Task FinishAsync(DurableWorld world, Scenario scenario)
    {
        if ((await world.Store.GetRunsAsync(new RunFilter(), TestContext.Current.CancellationToken)).Count == 0)
        {
            Assert.False(await StartAsync(world, scenario, "never"));
        }

        await world.DriveAsync();
    }
}
