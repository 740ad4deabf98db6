using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PlanningLawTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void GivenAnyFacts_WhenPlannedTwice_ThenPlansAreTheSame() => Law(random => random.Plan().ToString() == random.Plan().ToString());

    [Fact]
    public void GivenAnyFacts_WhenTheyAreListedInAnotherOrder_ThenPlanIsTheSame() => Law(random =>
    {
        PlanningFacts facts = random.Facts;
        PlanningCase other = random with
        {
            Facts = facts with
            {
                Workers = [.. facts.Workers.Reverse()],
                Pools = [.. facts.Pools.Reverse()],
                Cursors = facts.Cursors.Reverse().ToDictionary(),
            },
        };
        return random.Plan().ToString() == other.Plan().ToString();
    });

    [Fact]
    public void GivenAnyFacts_WhenPlanned_ThenEqualKeysHaveOneDrawAndItsWorker() => Law(random =>
    {
        PlanOutcome outcome = random.Plan();
        Dictionary<LeaseKey, WorkerDraw> draws = outcome.Draws.ToDictionary(draw => draw.Key);
        List<LeaseKey> keys = [.. outcome.Steps.Where(step => step.SkipReason is null).Select(step => step.Key!.Value)];
        return keys.Distinct().SequenceEqual(outcome.Draws.Select(draw => draw.Key))
            && outcome.Steps.All(step => step.SkipReason is null
                ? draws[step.Key!.Value] is { } draw && (draw.Worker, draw.WorkerName, draw.PoolName) == (step.Worker, step.WorkerName, step.PoolName)
                : (step.Key, step.Worker, step.WorkerName, step.PoolName, step.PoolReason) == (null, null, null, null, null));
    });

    [Fact]
    public void GivenAnyFacts_WhenPlanned_ThenNobodyIneligibleIsEverDrawn() => Law(random => random.Plan().Draws.All(draw =>
        random.PoolOf(draw.Pool) is { IsDefault: true, Members.Count: 0 }
            ? random.Facts.BuiltInWorkerEnabled && draw.Worker == WorkerRecord.BuiltInId && (draw.Before, draw.After) == (null, null)
            : random.Eligible(draw.Pool).Contains(draw.Worker)));

    [Fact]
    public void GivenAnyFacts_WhenPlannedAgainAndAgain_ThenAnyNDrawsAmongNEligibleGiveNWorkers() => Law(random =>
    {
        List<WorkerDraw> draws = [];
        for (int run = 0; run < 3 && random.Plan() is { Plan: { } plan }; run++)
        {
            draws.AddRange(plan.Draws.Where(draw => draw.After is not null));
            random = random.After(plan);
        }

        return draws.GroupBy(draw => draw.Pool).All(ofPool => AllWindowsDiffer([.. ofPool.Select(draw => draw.Worker)], random.Eligible(ofPool.Key).Count));
    });

    [Fact]
    public void GivenAnyFacts_WhenPlanned_ThenDrawsOfAPoolFormAChainThatBeginsAtItsCursor() => Law(random => random.Plan().Draws
        .Where(draw => draw.After is not null)
        .GroupBy(draw => draw.Pool)
        .All(ofPool =>
        {
            PoolCursor?[] before = [.. ofPool.Select(draw => draw.Before)];
            PoolCursor?[] after = [.. ofPool.Select(draw => draw.After)];
            Dictionary<WorkerId, long> places = random.PoolOf(ofPool.Key).Members.ToDictionary(member => member.Worker, member => member.Position);
            return before.SequenceEqual([random.Facts.Cursors.GetValueOrDefault(ofPool.Key), .. after.SkipLast(1)])
                && ofPool.All(draw => draw.After == new PoolCursor(draw.Worker, draw.WorkerName, places[draw.Worker]));
        }));

    [Fact]
    public void GivenAnyFacts_WhenPlanned_ThenSkippedAndEligibleWorkersAreAllTheMembers() => Law(random => random.Plan().Draws.All(draw =>
        draw.Skipped.Sum(group => group.Count) + random.Eligible(draw.Pool).Count == random.PoolOf(draw.Pool).Members.Count));

    [Fact]
    public void GivenAnyFacts_WhenPlanningFails_ThenAStepOfAPoolWithoutAnyoneIsWhyAndNothingMoved() => Law(random =>
    {
        string before = FactsText.Of(random.Facts);
        PlanOutcome outcome = random.Plan();
        bool somebodyForEach = random.Runbook.Steps.Select((step, index) => (step, index + 1)).All(step => HasWorker(random, step.step, step.Item2));
        return FactsText.Of(random.Facts) == before
            && outcome.Plan is not null == somebodyForEach
            && outcome.Error?.Error is null or EngineError.NoEligibleWorker;
    });

    [Fact]
    public void GivenAnyFacts_WhenHealthIsKnown_ThenShowingAPlanGivesThePlanOfTheRun() => Law(random =>
    {
        PlanningCase known = random with { Facts = random.Facts with { Workers = [.. random.Facts.Workers.Select(Checked)] } };
        return Workers(known.Plan()).SequenceEqual(Workers(known.Preview()));
    });

    [Fact]
    public void GivenAnyPlan_WhenAWorkerIsLost_ThenAnotherTakesItsKeyOrNobodyIsLeft() => Law(random =>
    {
        PlanOutcome outcome = random.Plan();
        return outcome.Plan is null || outcome.Draws.Where(draw => draw.After is not null).All(lost =>
        {
            PlanningCase later = random.After(outcome.Plan);
            HashSet<WorkerId> left = later.Eligible(lost.Pool);
            left.Remove(lost.Worker);
            PlanOutcome redrawn = PlanOutcome.Of(() => new([], [RunPlanner.Redraw(lost, [lost.Worker], later.Facts)]));
            return redrawn.Plan is null
                ? left.Count == 0 && redrawn.Error!.Error == EngineError.NoEligibleWorker
                : redrawn.Draws[0] is { } draw && left.Contains(draw.Worker) && draw.Key == lost.Key && draw.Pool == lost.Pool
                    && draw.Before == later.Facts.Cursors[lost.Pool] && draw.After!.Worker == draw.Worker;
        });
    });

    private static void Law(Func<PlanningCase, bool> law) => Check.One(Config, Prop.ForAll(PlanningGenerators.Cases, law));

    private static bool AllWindowsDiffer(WorkerId[] drawn, int size)
        => Enumerable.Range(0, drawn.Length).All(start => drawn.Skip(start).Take(size) is var window && window.Distinct().Count() == window.Count());

    private static bool HasWorker(PlanningCase random, StepDefinition step, int number)
    {
        WorkerPoolRecord pool = random.Facts.Pools.Single(pool => step.Pool is null ? pool.IsDefault : EntityName.Comparer.Equals(pool.Name, step.Pool));
        return step.Disabled || step.ExcludedEnvironments.Contains(Production) || random.SkippedSteps.ContainsKey(number)
            || random.Eligible(pool.Id).Count > 0 || (pool is { IsDefault: true, Members.Count: 0 } && random.Facts.BuiltInWorkerEnabled);
    }

    private static WorkerRecord Checked(WorkerRecord worker)
        => worker.Health.Status == HealthStatus.Unknown ? worker with { Health = worker.Health with { Status = HealthStatus.Healthy } } : worker;

    private static IEnumerable<WorkerId?> Workers(PlanOutcome outcome) => outcome.Steps.Select(step => step.Worker).Append(outcome.Plan is null ? new(-1) : null);
}
