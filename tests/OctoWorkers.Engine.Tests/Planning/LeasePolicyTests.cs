using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Variables;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>The policy of the fewest leases, and the cap of steps for a lease.</summary>
public sealed class LeasePolicyTests
{
    private static readonly string[] Workers = ["w1", "w2", "w3", "w4"];

    [Fact]
    public void GivenRandomLeases_WhenThePoolWantsTheFewest_ThenEveryDrawTakesOneOfThoseAndTiesGoByTheCursor()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            PlanningFacts facts = Facts(random, PoolPolicy.LeastLeases);
            Dictionary<WorkerId, int> leases = facts.Workers.ToDictionary(worker => worker.Id, worker => worker.Leases);
            WorkerId[] order = [.. facts.Pools[1].Members.Select(member => member.Worker)];
            WorkerId? last = null;
            foreach (WorkerDraw draw in Plan(facts, Steps(random, 8)).Draws)
            {
                int fewest = leases.Values.Min();
                int from = last is { } drawn ? Array.IndexOf(order, drawn) + 1 : 0;
                WorkerId next = Enumerable.Range(0, order.Length).Select(step => order[(from + step) % order.Length]).First(worker => leases[worker] == fewest);
                Assert.True(next == draw.Worker, $"seed {seed}: {next} has the fewest leases, and {draw.Worker} was drawn");
                Assert.StartsWith($"fewest leases ({fewest}); ", draw.Reason, StringComparison.Ordinal);
                leases[draw.Worker]++;
                last = draw.Worker;
            }
        }
    }

    [Fact]
    public void GivenEqualLeases_WhenThePoolWantsTheFewest_ThenItIsARoundRobin()
    {
        StepDefinition[] steps = Steps(new(1), 9);
        PlanningFacts facts = Facts(null, PoolPolicy.LeastLeases);
        Assert.Equal(
            Plan(Facts(null, PoolPolicy.RoundRobin), steps).Draws.Select(draw => draw.WorkerName), Plan(facts, steps).Draws.Select(draw => draw.WorkerName));
    }

    [Fact]
    public void GivenACapOfLeases_WhenPlanned_ThenNoDrawServesMoreStepsAndTheNextOnesGetAnotherWorker()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            PlanningFacts facts = Facts(random, random.Next(2) == 0 ? PoolPolicy.RoundRobin : PoolPolicy.LeastLeases);
            StepDefinition[] steps = Steps(random, 12);
            int cap = random.Next(1, 5);
            RunPlan plan = Plan(facts, steps, Cap($"{cap}"));
            Assert.Equal(plan.Draws.Select(draw => draw.Key), plan.Steps.Select(step => step.Key!.Value).Distinct());
            foreach (IGrouping<string, PlannedStep> key in plan.Steps.GroupBy(step => step.Key!.Value.Text.Split('#')[0]))
            {
                Assert.All(key.Index(), step => Assert.Equal(step.Index / cap, Number(step.Item.Key!.Value) - 1));
            }

            Assert.Equal(Plan(facts, steps).ToString(), Plan(facts, steps, Cap("0")).ToString());
        }
    }

    [Fact]
    public void GivenStepsOfOneKey_WhenTheCapIsReached_ThenAnotherWorkerIsDrawnEachTime()
    {
        StepDefinition[] steps = [.. Enumerable.Range(1, 7).Select(number => Step($"{number}", "P"))];
        RunPlan plan = Plan(Facts(null, PoolPolicy.RoundRobin), steps, Cap("2"));
        Assert.Equal(["w1", "w1", "w2", "w2", "w3", "w3", "w4"], plan.Steps.Select(step => step.WorkerName));
        Assert.Equal(4, plan.Draws.Count);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("2.5")]
    public void GivenACapThatIsNoNumber_WhenPlanned_ThenThePlanFailsAndNamesTheVariable(string value)
    {
        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => Plan(Facts(null, PoolPolicy.RoundRobin), [Step("1", "P")], Cap(value)));
        Assert.Equal(EngineError.InvalidDefinition, error.Error);
        Assert.Contains("Octopus.Deployment.WorkerLeaseCap", error.Message, StringComparison.Ordinal);
    }

    private static int Number(LeaseKey key) => key.Text.Split('#') is [_, string number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1;

    private static PlanningFacts Facts(Random? random, PoolPolicy policy)
    {
        PlanningFacts facts = new PlanningWorld().Pool("P", Workers).Facts;
        return facts with
        {
            Pools = [facts.Pools[0], facts.Pools[1] with { Policy = policy }],
            Workers = [.. facts.Workers.Select(worker => worker with { Leases = random?.Next(4) ?? 0 })],
        };
    }

    private static StepDefinition[] Steps(Random random, int count)
        => [.. Enumerable.Range(1, count).Select(number => Step($"{number}", "P", [$"package{random.Next(count)}"]))];

    private static PlanningScope Cap(string value)
        => new(null, [new SourcedVariable(VariableSource.Runbook, "runbook 'Deploy'", VariableDefinition.Text("octopus.deployment.workerleasecap", value))]);

    private static RunPlan Plan(PlanningFacts facts, StepDefinition[] steps, PlanningScope? scope = null)
        => RunPlanner.Plan(Runbook(steps), Production, new Dictionary<int, string>(), facts, scope);
}
