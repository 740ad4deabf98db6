using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Variables;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PoolVariableTests
{
    private static readonly TenantRecord Acme = new(new(1), "Acme", [new("Region", "Europe")], "");

    private readonly PlanningWorld world = new PlanningWorld().Pool("Linux", "l1").Pool("Cloud", "c1");

    [Fact]
    public void GivenValuesOfDifferentScopes_WhenPlanned_ThenTheMostSpecificOneDecidesAndThePlanSaysWhy()
    {
        PlannedStep[] steps = [.. Plan(
            [Draws("1"), Draws("2")],
            Acme,
            Pool("Cloud", new() { Environments = ["Production"] }),
            Pool("Linux", new() { Steps = ["2"], TenantTags = ["Region/Europe"] }),
            Pool("Default Worker Pool", VariableScope.Unscoped)).Steps];
        Assert.Equal(["Cloud", "Linux"], steps.Select(step => step.PoolName));
        Assert.Equal(
            "worker-pool variable 'Where', from variable set 'Shared': environment 'Production'; a scope by environment is more specific than an unscoped value",
            steps[0].PoolReason);
    }

    [Fact]
    public void GivenNoValueThatApplies_WhenPlanned_ThenTheVariableAndTheScopesThatWereTriedAreNamed()
    {
        OctoWorkersException error = Fails(
            EngineError.VariableNotFound, [Draws("1")], null, Pool("Cloud", new() { Environments = ["Test"] }), Pool("Linux", new() { Tenants = ["Acme"] }));
        Assert.Equal(
            "Step '1' draws by the worker-pool variable 'Where', and none of its values applies to environment 'Production', for no tenant, runbook 'Deploy'; "
            + "tried: variable set 'Shared' (environment 'Test'); variable set 'Shared' (tenant 'Acme'). Add one that does.",
            error.Message);
    }

    [Fact]
    public void GivenNoValueAtAll_WhenPlanned_ThenTheNearestNameIsGiven()
        => Assert.Contains(
            "did you mean 'Where'?",
            Fails(EngineError.VariableNotFound, [Step("1") with { PoolVariable = "Wherr" }], null, Pool("Cloud", VariableScope.Unscoped)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void GivenNoValueAndNoNearName_WhenPlanned_ThenTheSentencesAreWhole()
        => Assert.Equal(
            "Step '1' draws by the worker-pool variable 'Elsewhere.Else', which has no value. Add one to the runbook or to a variable set that it includes.",
            Fails(EngineError.VariableNotFound, [Step("1") with { PoolVariable = "Elsewhere.Else" }], null, Pool("Cloud", VariableScope.Unscoped)).Message);

    [Fact]
    public void GivenTwoValuesThatTie_WhenPlanned_ThenBothAreNamed()
        => Assert.Contains(
            "two values that apply",
            Fails(
                EngineError.VariableConflict, [Draws("1")], null, Pool("Cloud", new() { Environments = ["Production"] }), Pool("Linux", new() { Environments = ["Production", "Test"] })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void GivenPoolThatDoesNotExist_WhenPlanned_ThenTheVariableIsNamed()
        => Assert.Contains("'Where'", Fails(EngineError.WorkerPoolNotFound, [Draws("1")], null, Pool("Clout", VariableScope.Unscoped)).Message, StringComparison.Ordinal);

    [Fact]
    public void GivenTextInsteadOfAPool_WhenPlanned_ThenItIsRefusedUnlessItIsGivenOnTheRun()
    {
        SourcedVariable text = new(VariableSource.Runbook, "runbook 'Deploy'", VariableDefinition.Text("Where", "Linux"));
        Fails(EngineError.InvalidDefinition, [Draws("1")], null, text);
        Assert.Equal("Linux", Plan([Draws("1")], null, Pool("Cloud", VariableScope.Unscoped), text with { Source = VariableSource.Given }).Steps[0].PoolName);
    }

    [Fact]
    public void GivenOtherVariablesThatTieForOneStep_WhenPlanned_ThenThePlanFailsBeforeAnythingRuns()
    {
        SourcedVariable Value(string environment, params string[] steps) => new(
            VariableSource.VariableSet, "variable set 'Shared'", VariableDefinition.Text("Port", environment) with { Scope = new() { Environments = [environment, Production], Steps = steps } });
        Fails(EngineError.VariableConflict, [Step("1")], null, Value("A"), Value("B"));
        Fails(EngineError.VariableConflict, [Step("1"), Step("2")], null, Value("A", "2"), Value("B", "2"), Value("C"));
        Assert.Single(Plan([Step("1")], null, Value("A", "2"), Value("B", "2"), Value("C")).Steps);
    }

    [Fact]
    public void GivenStepsForTenants_WhenPlanned_ThenOthersSkipThemAndSayWhy()
    {
        StepDefinition[] steps = [Step("1") with { TenantTags = [new("Region", "Europe"), new("Region", "Asia")] }, Step("2") with { TenantTags = [new("Region", "Europe"), new("Size", "Big")] }];
        Assert.Equal([null, "only for tenants with 'Region/Europe' and 'Size/Big', and tenant 'Acme' has not"], Plan(steps, Acme).Steps.Select(step => step.SkipReason));
        Assert.Equal("only for tenants with 'Region/Europe' or 'Region/Asia', and the run is for none", Plan([steps[0]], null).Steps[0].SkipReason);
    }

    private static StepDefinition Draws(string name) => Step(name) with { PoolVariable = "Where" };

    private static SourcedVariable Pool(string pool, VariableScope scope)
        => new(VariableSource.VariableSet, "variable set 'Shared'", VariableDefinition.WorkerPool("Where", pool) with { Scope = scope });

    private RunPlan Plan(StepDefinition[] steps, TenantRecord? tenant, params SourcedVariable[] values)
        => RunPlanner.Plan(Runbook(steps), Production, NothingSkipped, world.Facts, new(tenant, values));

    private OctoWorkersException Fails(EngineError error, StepDefinition[] steps, TenantRecord? tenant, params SourcedVariable[] values)
    {
        OctoWorkersException thrown = Assert.Throws<OctoWorkersException>(() => Plan(steps, tenant, values));
        Assert.Equal(error, thrown.Error);
        return thrown;
    }
}
