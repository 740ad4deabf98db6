using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.TargetWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class TargetPlanTests
{
    [Fact]
    public void GivenTargets_WhenPlanned_ThenThoseOfTagAndEnvironmentAreChosenByNameAndTheOthersSayWhyNot()
    {
        RunPlan plan = new TargetWorld()
            .Target("web-2").Target("WEB-1", "Web").Target("db-1", "db").Target("far", environment: "Production").Target("off", state: WorkerState.Disabled)
            .Plan(Step("Deploy", "web"), Step("Both", "WEB", "db"));
        Assert.Equal(["WEB-1", "web-2"], plan.Steps[0].Targets!.Select(target => target.Name));
        Assert.Equal(["db-1", "WEB-1", "web-2"], plan.Steps[1].Targets!.Select(target => target.Name));
        Assert.Equal([3, 4, 5, 6, 7], plan.Steps.SelectMany(step => step.Targets!).Select(target => target.Number));
        Assert.Equal(
            ["has none of the tags: db-1", "not in environment 'Test': far", "disabled: off"],
            plan.Steps[0].SkippedTargets.Select(group => $"{group.Reason}: {string.Join(',', group.Names)}"));
        Assert.Empty(plan.Draws);
        Assert.All(plan.Steps, step => Assert.Equal((null, null, null), (step.Worker, step.Key, step.PoolName)));
    }

    [Fact]
    public void GivenTargetsOfTenants_WhenPlanned_ThenARunForATenantChoosesItsOwnAndOneForNoneThoseThatTakePartInSuchRuns()
    {
        TenantTag early = new("Ring", "Early");
        TenantTag europe = new("Region", "Europe");
        TargetWorld world = new TargetWorld()
            .Target("any")
            .Target("acme", tenants: TargetTenants.Of(null, ["ACME"], []))
            .Target("both", tenants: TargetTenants.Of(TenantParticipation.TenantedOrUntenanted, ["Acme", "Globex"], []))
            .Target("early", tenants: TargetTenants.Of(null, [], [early, new("Ring", "Stable")]))
            .Target("early-eu", tenants: TargetTenants.Of(null, [], [early, europe]));
        PlanningScope For(string name, params TenantTag[] tags) => PlanningScope.None with { Tenant = new(new(1), name, tags, "") };
        PlannedStep none = world.Plan(Step("Deploy", "web")).Steps[0];
        Assert.Equal(["any", "both"], none.Targets!.Select(target => target.Name));
        Assert.Equal(["only for runs for its tenants, and the run is for none: acme,early,early-eu"], none.SkippedTargets.Select(group => $"{group.Reason}: {string.Join(',', group.Names)}"));
        PlannedStep acme = world.Plan(For("Acme", early), Step("Deploy", "web")).Steps[0];
        Assert.Equal(["acme", "both", "early"], acme.Targets!.Select(target => target.Name));
        Assert.Equal(
            ["takes no part in runs for tenants: any", "not associated with tenant 'Acme': early-eu"],
            acme.SkippedTargets.Select(group => $"{group.Reason}: {string.Join(',', group.Names)}"));
        Assert.All(acme.SkippedTargets, group => Assert.True(TargetSelection.IsOrdinary(group)));
        Assert.Equal(["early", "early-eu"], world.Plan(For("Initech", early, europe), Step("Deploy", "web")).Steps[0].Targets!.Select(target => target.Name));
        Assert.Contains("not associated with tenant 'Umbrella': acme", world.Plan(For("Umbrella"), Step("Deploy", "web")).Steps[0].SkipReason!, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenStepOnBehalf_WhenPlanned_ThenOneWorkerIsDrawnForAllTargets()
    {
        RunPlan plan = new TargetWorld().Target("a").Target("b").Plan(Step("Deploy", "web") with { Targets = new(["web"]) { OnWorker = true } });
        Assert.Equal(WorkerRecord.BuiltInName, Assert.Single(plan.Draws).WorkerName);
        Assert.Equal(["a", "b"], plan.Steps[0].Targets!.Select(target => target.Name));
    }

    [Fact]
    public void GivenNoTarget_WhenPlanned_ThenTheStepIsSkippedAndARequiredOneFailsThePlan()
    {
        TargetWorld world = new TargetWorld().Target("far", environment: "Production");
        RunPlan plan = world.Plan(Step("Deploy", "web"), PlanningWorld.Step("After"));
        Assert.Equal("it has no deployment target: none with tag 'web' in environment 'Test' can be used (not in environment 'Test': far)", plan.Steps[0].SkipReason);
        Assert.Null(plan.Steps[1].SkipReason);
        OctoWorkersException refused = world.Fails(Step("Deploy", "web") with { Required = true });
        Assert.Equal(EngineError.NoEligibleTarget, refused.Error);
        Assert.StartsWith("Step 'Deploy' is required and cannot be planned: it has no deployment target", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HealthStatus.Unavailable)]
    [InlineData(HealthStatus.Unhealthy)]
    [InlineData(HealthStatus.Unknown)]
    public void GivenTargetThatIsNotHealthy_WhenPlanned_ThenThePlanFailsUnlessSuchTargetsMayBeSkipped(HealthStatus health)
    {
        TargetWorld world = new TargetWorld().Target("good").Target("bad", health: health);
        OctoWorkersException refused = world.Fails(Step("Deploy", "web"));
        Assert.Equal(EngineError.NoEligibleTarget, refused.Error);
        Assert.Contains("bad", refused.Message, StringComparison.Ordinal);
        PlannedStep step = world.Plan(PlanningScope.None with { UnavailableTargets = UnavailableTargets.Skip }, Step("Deploy", "web")).Steps[0];
        Assert.Equal("good", Assert.Single(step.Targets!).Name);
        Assert.Equal("bad", Assert.Single(Assert.Single(step.SkippedTargets).Names));
        Assert.False(TargetSelection.IsOrdinary(step.SkippedTargets[0]));
    }

    [Fact]
    public void GivenMachinePolicyThatSkips_WhenPlanned_ThenItCountsForItsTargetsUnlessTheRunSaysOtherwise()
    {
        TargetWorld world = new TargetWorld().Target("good").Target("bad", health: HealthStatus.Unavailable, policy: "lenient");
        world.Policies.Add(new(new(2), new("lenient") { UnavailableTargets = UnavailableTargets.Skip }));
        Assert.Equal("good", Assert.Single(world.Plan(Step("Deploy", "web")).Steps[0].Targets!).Name);
        Assert.Throws<OctoWorkersException>(() => world.Plan(PlanningScope.None with { UnavailableTargets = UnavailableTargets.Fail }, Step("Deploy", "web")));
        world.Target("worse", health: HealthStatus.Unavailable);
        Assert.Contains("worse", world.Fails(Step("Deploy", "web")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenDemandThatATargetDoesNotMeet_WhenPlanned_ThenThePlanFailsAlsoWhereUnavailableOnesAreSkipped()
    {
        TargetWorld world = new TargetWorld().Target("plain");
        StepDefinition step = Step("Deploy", "web") with { Demands = [CapabilityDemand.Parse("kubectl")] };
        OctoWorkersException refused = Assert.Throws<OctoWorkersException>(() => world.Plan(PlanningScope.None with { UnavailableTargets = UnavailableTargets.Skip }, step));
        Assert.Contains("lacks kubectl", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenRerun_WhenPlanned_ThenSucceededAndExcludedTargetsAreLeftOut()
    {
        TargetWorld world = new TargetWorld().Target("done").Target("gone").Target("left");
        PlanningScope scope = PlanningScope.None with { ExcludedTargets = ["GONE"], SucceededTargets = new Dictionary<int, IReadOnlyList<string>> { [1] = ["done"] } };
        RunPlan plan = world.Plan(scope, Step("Deploy", "web"), Step("Next", "web"));
        Assert.Equal(["left"], plan.Steps[0].Targets!.Select(target => target.Name));
        Assert.Equal(["done", "left"], plan.Steps[1].Targets!.Select(target => target.Name));
        Assert.All(plan.Steps.SelectMany(step => step.SkippedTargets), group => Assert.True(TargetSelection.IsOrdinary(group)));
    }

    [Fact]
    public void GivenChosenTargets_WhenPlannedAgain_ThenTheyStayWhateverBecameOfThem()
    {
        TargetWorld world = new TargetWorld().Target("a").Target("b");
        RunPlan plan = world.Plan(Step("Deploy", "web"));
        TargetWorld later = new TargetWorld().Target("a", state: WorkerState.Disabled).Target("c");
        PlanningScope scope = PlanningScope.None with { ChosenTargets = OctoWorkers.Engine.Runs.RunPlans.ChosenTargets(plan) };
        Assert.Equal(plan.Steps[0].Targets, later.Plan(scope, Step("Deploy", "web")).Steps[0].Targets);
    }

    [Fact]
    public void GivenAnyTargets_WhenPlanned_ThenEachIsChosenOrLeftOutAndNumbersAreUnique()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            TargetWorld world = new();
            for (int i = random.Next(8); i > 0; i--)
            {
                world.Target(
                    $"t{i}", random.Next(3) switch { 0 => "web", 1 => "db", _ => "web+db" }, random.Next(3) == 0 ? "Production" : Here,
                    random.Next(4) == 0 ? WorkerState.Disabled : WorkerState.Enabled, random.Next(4) == 0 ? HealthStatus.Unavailable : HealthStatus.Healthy);
            }

            RunPlan plan = world.Plan(PlanningScope.None with { UnavailableTargets = UnavailableTargets.Skip }, Step("a", "web"), Step("b", "db"), Step("c", "web", "db"));
            int[] numbers = [.. plan.Steps.SelectMany(step => step.Targets ?? []).Select(target => target.Number)];
            Assert.Equal(Enumerable.Range(4, numbers.Length), numbers);
            foreach (PlannedStep step in plan.Steps)
            {
                HashSet<string> chosen = [.. (step.Targets ?? []).Select(target => target.Name)];
                Assert.Equal(step.SkipReason is null, chosen.Count > 0);
                Assert.Equal(world.Facts.Targets.Count, chosen.Count + step.SkippedTargets.Sum(group => group.Count));
                Assert.All(world.Facts.Targets.Where(target => chosen.Contains(target.Name)), target =>
                    Assert.True(!target.Disabled && target.Environments.Contains(Here) && target.Health.Status == HealthStatus.Healthy));
            }
        }
    }
}
