using System.Collections.Concurrent;
using System.Globalization;
using OctoWorkers.Model.Tests.Scenarios;
using Xunit;

namespace OctoWorkers.Model.Tests;

/// <summary>
/// Random scenarios against the rules. <c>OCTOWORKERS_MODEL_COUNT</c> sets how many there are, <c>OCTOWORKERS_MODEL_SEED</c> the seed of the first one; the others
/// follow it; <c>OCTOWORKERS_MODEL_TIMES</c> how often each is played (a scenario decides what happens, not when threads have their turn); <c>OCTOWORKERS_MODEL_SIMPLIFY</c>
/// for how many seconds one that fails is made simpler.
/// </summary>
public sealed class ModelTests
{
    private const int DefaultCount = 2500;
    private const int AtOnce = 16;
    private const int EnoughForAll = 500;

    [Fact]
    public async Task GivenRandomScenarios_WhenTheyHappen_ThenEveryRunEndsAndNoRuleIsBroken()
    {
        int first = Setting("OCTOWORKERS_MODEL_SEED", 1);
        int count = Setting("OCTOWORKERS_MODEL_COUNT", DefaultCount);
        int times = Setting("OCTOWORKERS_MODEL_TIMES", 1);
        CancellationToken stop = TestContext.Current.CancellationToken;
        Coverage coverage = new();
        ConcurrentQueue<(Scenario Scenario, string Problem)> failures = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(Enumerable.Range(first, count).SelectMany(seed => Enumerable.Repeat(seed, times)), options, async (seed, _) =>
        {
            if (!failures.IsEmpty)
            {
                return;
            }

            Scenario scenario = ScenarioGenerator.Make(seed);
            if (await ScenarioRun.PlayAsync(scenario, coverage, stop) is { } problem)
            {
                failures.Enqueue((scenario, problem));
            }
        });

        if (failures.TryPeek(out (Scenario Scenario, string Problem) failed))
        {
            Assert.Fail(await FailureReport.MakeAsync(failed.Scenario, failed.Problem, TimeSpan.FromSeconds(Setting("OCTOWORKERS_MODEL_SIMPLIFY", 180)), stop));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(coverage.ToString());
        Assert.True(count < EnoughForAll || coverage.Missing.Count == 0, $"In {count} scenarios there was no {string.Join(", ", coverage.Missing)}. {coverage}");
    }

    private static int Setting(string name, int otherwise)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
