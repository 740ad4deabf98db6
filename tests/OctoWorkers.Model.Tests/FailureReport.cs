using System.Globalization;
using FsCheck;
using OctoWorkers.Model.Tests.Scenarios;

namespace OctoWorkers.Model.Tests;

/// <summary>Says what failed: the scenario as simple as it could be made, what went wrong in it, and how it is repeated.</summary>
internal static class FailureReport
{
    /// <summary>A scenario decides what happens, not when threads have their turn: a simpler one is let happen so often before it counts as good.</summary>
    private const int Tries = 4;

    /// <summary>Simplifies a scenario that failed for as long as there is time.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="problem">What went wrong.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="stop">Stops the test.</param>
    public static async Task<string> MakeAsync(Scenario scenario, string problem, TimeSpan patience, CancellationToken stop)
    {
        long began = TimeProvider.System.GetTimestamp();
        bool HasTime() => TimeProvider.System.GetElapsedTime(began) < patience;
        Arbitrary<Scenario> arbitrary = ScenarioGenerator.Of(scenario.Seed);
        (Scenario Scenario, string Problem)? simpler = (scenario, problem);
        (Scenario Scenario, string Problem) simplest = (scenario, problem);
        while (simpler is { } found)
        {
            simplest = found;
            simpler = null;
            foreach (Scenario candidate in arbitrary.Shrinker(found.Scenario).TakeWhile(_ => HasTime()))
            {
                if (await FailsAsync(candidate, stop) is { } still)
                {
                    simpler = (candidate, still);
                    break;
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {simplest.Problem}

            It was found with OCTOWORKERS_MODEL_SEED={scenario.Seed} OCTOWORKERS_MODEL_COUNT=1, and then made simpler:
            {simplest.Scenario}

            What was found at first: {problem}
            {scenario}
            """);
    }

    private static async Task<string?> FailsAsync(Scenario scenario, CancellationToken stop)
    {
        string?[] problems = await Task.WhenAll(Enumerable.Range(0, Tries).Select(_ => ScenarioRun.PlayAsync(scenario, new(), stop)));
        return problems.FirstOrDefault(problem => problem is not null);
    }
}
