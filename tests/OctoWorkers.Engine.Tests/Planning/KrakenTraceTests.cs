using OctoWorkers.Engine.Planning;
using Xunit;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class KrakenTraceTests
{
    [Fact]
    public void GivenPoolOfThree_WhenKrakenStartsFourChildren_ThenWorkersAreThoseOfTheWellKnownExample()
    {
        PlanningFacts facts = new PlanningWorld().Pool("Setup", "worker1", "worker2", "worker3").Facts;
        RunbookDefinition create = new("Create AWS RDS", [PlanningWorld.Step("Create", "Setup")]);
        RunbookDefinition kraken = new("Unleash the kraken", Enumerable.Range(1, 4).Select(number =>
            new StepDefinition($"Create database {number}", new RunRunbookAction(create.Name) { Wait = false }) { Pool = "Setup" }));

        RunPlan parent = Plan(kraken, facts);
        List<string?> children = [];
        PlanningFacts factsOfCreate = facts;
        foreach (PlannedStep _ in parent.Steps)
        {
            RunPlan child = Plan(create, factsOfCreate);
            children.Add(child.Steps.Single().WorkerName);
            WorkerDraw draw = child.Draws.Single();
            factsOfCreate = factsOfCreate with { Cursors = new Dictionary<WorkerPoolId, PoolCursor> { [draw.Pool] = draw.After! } };
        }

        Assert.Equal("worker1", Assert.Single(parent.Draws).WorkerName);
        Assert.All(parent.Steps, step => Assert.Equal("worker1", step.WorkerName));
        Assert.Equal(["worker1", "worker2", "worker3", "worker1"], children);
    }

    private static RunPlan Plan(RunbookDefinition runbook, PlanningFacts facts)
        => RunPlanner.Plan(runbook, PlanningWorld.Production, PlanningWorld.NothingSkipped, facts);
}
