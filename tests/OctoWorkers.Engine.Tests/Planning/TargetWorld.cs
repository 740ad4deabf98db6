using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>Builds planning facts with deployment targets.</summary>
internal sealed class TargetWorld
{
    internal const string Here = "Test";

    private readonly List<DeploymentTargetRecord> targets = [];

    internal List<MachinePolicyRecord> Policies { get; } = [];

    internal PlanningFacts Facts => new PlanningWorld().Facts with { Targets = [.. targets], Policies = [.. Policies] };

    internal static StepDefinition Step(string name, params string[] tags) => new(name, new ScriptAction("true")) { Targets = new(tags) };

    internal TargetWorld Target(
        string name, string tag = "web", string environment = Here, WorkerState state = WorkerState.Enabled, HealthStatus health = HealthStatus.Healthy, string? policy = null,
        TargetTenants? tenants = null)
    {
        WorkerHealth found = new(health, null, health == HealthStatus.Unavailable ? "connection refused" : "", new Dictionary<string, string> { ["bash"] = "5.2" });
        targets.Add(new(
            new(new(100 + targets.Count), name, new LocalConnection(), [], tag.Split('+'), state, found, 0) { IsTarget = true, Policy = policy ?? MachinePolicyDefinition.DefaultName },
            [environment]) { Tenants = tenants ?? TargetTenants.None });
        return this;
    }

    internal RunPlan Plan(PlanningScope scope, params StepDefinition[] steps)
        => RunPlanner.Plan(new("Deploy", steps), Here, PlanningWorld.NothingSkipped, Facts, scope);

    internal RunPlan Plan(params StepDefinition[] steps) => Plan(PlanningScope.None, steps);

    internal OctoWorkersException Fails(params StepDefinition[] steps) => Xunit.Assert.Throws<OctoWorkersException>(() => Plan(steps));
}
