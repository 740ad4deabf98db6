using OctoWorkers.Engine.Queue;
using Xunit;

namespace OctoWorkers.Engine.Tests.Queue;

public sealed class QueueOrderTests
{
    [Fact]
    public void GivenRandomLines_WhenSlotsAreGiven_ThenEachGoesToTheFirstThatCouldGo()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            Random random = new(seed);
            string[] tags = ["a", "A", "b"];
            QueuedRun[] line = [.. Enumerable.Range(1, random.Next(8)).Select(number => new QueuedRun(
                new(number), random.Next(4) == 0, random.Next(5) > 0, random.Next(2) == 0 ? tags[random.Next(3)] : null))];
            int free = random.Next(-1, 5);
            bool isPaused = random.Next(4) == 0;
            string[] used = random.Next(3) == 0 ? ["B"] : [];
            RunId[] given = [.. QueueOrder.Next(line, free, isPaused, used)];

            // The rule once more, one slot at a time: the first of those who can go with what the ones before it took.
            List<RunId> expected = [];
            List<string> taken = [.. used.Select(tag => tag.ToUpperInvariant())];
            while (expected.Count < free
                && line.FirstOrDefault(run => !expected.Contains(run.Run) && run.IsDriven
                    && (run.HasBegun || (!isPaused && (run.ConcurrencyTag is null || !taken.Contains(run.ConcurrencyTag.ToUpperInvariant()))))) is { } next)
            {
                expected.Add(next.Run);
                taken.Add(next.HasBegun ? "" : next.ConcurrencyTag?.ToUpperInvariant() ?? "");
            }

            Assert.True(expected.SequenceEqual(given), $"seed {seed}: {string.Join(",", expected)} but {string.Join(",", given)}");
        }
    }

    [Fact]
    public void GivenRandomWaits_WhenACircleIsLookedFor_ThenItIsFoundExactlyWhenTheRunReachesItself()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            Random random = new(seed);
            ILookup<RunId, RunId> edges = Enumerable.Range(0, random.Next(10))
                .Select(_ => (From: new RunId(random.Next(1, 6)), To: new RunId(random.Next(1, 6)))).ToLookup(edge => edge.From, edge => edge.To);
            HashSet<RunId> reached = [.. edges[new(1)]];
            while (reached.SelectMany(run => edges[run]).Any(reached.Add))
            {
            }

            IReadOnlyList<RunId>? cycle = WaitGraph.FindCycle(new(1), run => edges[run]);
            Assert.Equal(reached.Contains(new(1)), cycle is not null);
            if (cycle is not null)
            {
                Assert.Equal(new RunId(1), cycle[0]);
                Assert.Equal(cycle.Count, cycle.Distinct().Count());
                Assert.All(cycle.Zip([.. cycle.Skip(1), cycle[0]]), link => Assert.Contains(link.Second, edges[link.First]));
            }
        }
    }
}
