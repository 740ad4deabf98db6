using OctoWorkers.Model.Tests.Laws;
using OctoWorkers.Model.Tests.Operations;
using OctoWorkers.Model.Tests.Scenarios;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests;

/// <summary>Lets a scenario happen.</summary>
internal static class ScenarioRun
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(3);
    private const int QuietTicks = 3;
    private const int MostTicks = 60;

    /// <summary>Lets it happen from its beginning to its end.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="coverage">Hears what happened.</param>
    /// <param name="stop">Stops the test.</param>
    /// <returns>What went wrong, in words; null: nothing did.</returns>
    public static async Task<string?> PlayAsync(Scenario scenario, Coverage coverage, CancellationToken stop)
    {
        string? problem = null;
        ModelWorld world = await ModelWorld.CreateAsync(scenario, stop);
        try
        {
            foreach (Operation operation in scenario.Operations)
            {
                if (!operation.Hurries)
                {
                    await SettleAsync(world);
                }

                await operation.ApplyAsync(world);
                SnapshotLaws.Verify(world);
            }

            await Finale.PlayAsync(world, coverage);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            problem = e is LawBrokenException ? e.Message : e.ToString();
        }

        try
        {
            await world.DisposeAsync();
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            problem ??= $"An engine could not leave: {e}";
        }

        return problem;
    }

    // Nothing is stored any more for a while. That it is quiet is a guess: no law depends on it.
    private static async Task SettleAsync(ModelWorld world)
    {
        long version = world.Observer.Version;
        for (int ticks = 0, quiet = 0; ticks < MostTicks && quiet < QuietTicks; ticks++)
        {
            await Task.Delay(Tick, TimeProvider.System, world.Stop);
            quiet = version == (version = world.Observer.Version) ? quiet + 1 : 0;
        }
    }
}
