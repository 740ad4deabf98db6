using OctoWorkers.Engine.Planning;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class DemandTests
{
    [Theory]
    [InlineData("kubectl", "1.30.2", true)]
    [InlineData("kubectl", null, false)]
    [InlineData("KUBECTL >= 1.30", "v1.30.2", true)]
    [InlineData("kubectl >= 1.31", "1.30.2", false)]
    [InlineData("kubectl > 1.30.2", "1.30.2", false)]
    [InlineData("kubectl < 1.4", "1.30", false)]
    [InlineData("kubectl = 1.30", "1.30.0", true)]
    [InlineData("kubectl != 1.30", "1.30", false)]
    [InlineData("kubectl <= 2", "1.30", true)]
    [InlineData("kubectl >= 1", "/usr/bin/kubectl-1.30", false)]
    [InlineData("kubectl >= 1", "", false)]
    public void GivenDemandAndVersion_WhenPlanned_ThenOnlyAWorkerThatMeetsItIsDrawn(string demand, string? version, bool meets)
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "a").Has("a", version is null ? [] : [("kubectl", version)]);
        StepDefinition step = Step("S", "P") with { Demands = [CapabilityDemand.Parse(demand)] };
        if (meets)
        {
            Assert.Equal("a", world.Run(step).Steps[0].WorkerName);
        }
        else
        {
            Assert.Equal(EngineError.NoEligibleWorker, world.Fails(step).Error);
        }
    }

    [Fact]
    public void GivenNobodyMeetsAllDemands_WhenPlanned_ThenTheNearestMissComesFirst()
    {
        PlanningWorld world = new PlanningWorld().Worker("off", WorkerState.Disabled).Pool("P", "off", "bare", "old", "near")
            .Has("bare").Has("old", ("pwsh", "7.2")).Has("near", ("pwsh", "7.4.1"));
        StepDefinition step = new("S", new ScriptAction("x") { Syntax = ScriptSyntax.PowerShell })
        {
            Pool = "P", Demands = [CapabilityDemand.Parse("kubectl"), CapabilityDemand.Parse("pwsh >= 7.4")],
        };
        Assert.Equal(
            "Step 'S' cannot be planned: no worker of pool 'P' is eligible (lacks kubectl: near; lacks kubectl; lacks pwsh >= 7.4: bare; "
            + "lacks kubectl; has pwsh 7.2, needs >= 7.4: old; disabled: off). Enable, repair or check one of them, or add another worker to the pool.",
            world.Fails(step).Message);
    }

    [Theory]
    [InlineData(ScriptSyntax.Bash, "bash", HealthStatus.Healthy)]
    [InlineData(ScriptSyntax.Python, "python3", HealthStatus.Healthy)]
    [InlineData(ScriptSyntax.Bash, "bash", HealthStatus.Unknown)]
    public void GivenPowerShellSessions_WhenAnotherSyntaxIsPlanned_ThenTheyAreNotEligibleWhateverTheMachineHas(ScriptSyntax syntax, string interpreter, HealthStatus health)
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "sessions", "plain").Worker("sessions", health: health).Has("sessions", ("python3", "3.13"), ("pwsh", "7.6"))
            .Has("plain", ("python3", "3.13")).Reached("sessions", new PowerShellConnection(new LocalConnection()));
        StepDefinition step = new("S", new ScriptAction("x") { Syntax = syntax }) { Pool = "P" };
        RunPlan plan = RunPlanner.Preview(Runbook(step), Production, NothingSkipped, world.Facts);
        Assert.Equal("plain", plan.Draws.Single().WorkerName);
        Assert.Equal($"lacks {interpreter}: through PowerShell sessions only PowerShell steps run", plan.Draws.Single().Skipped.Single().Reason);
        OctoWorkersException nobody = Assert.Throws<OctoWorkersException>(
            () => RunPlanner.Preview(Runbook(step), Production, NothingSkipped, world.Leave("P", "plain").Facts));
        Assert.Contains("through PowerShell sessions only PowerShell steps run: sessions", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenPowerShellSessionsAndSsh_WhenStepsOfSeveralSyntaxesArePlanned_ThenEachGetsAWorkerThatRunsIt()
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "sessions", "plain").Has("sessions", ("pwsh", "7.6"))
            .Reached("sessions", new PowerShellConnection(new SshConnection("h")));
        RunPlan plan = world.Run(
            new StepDefinition("Shell", new ScriptAction("x")) { Pool = "P" },
            new StepDefinition("Power", new ScriptAction("x") { Syntax = ScriptSyntax.PowerShell }) { Pool = "P", Demands = [CapabilityDemand.Parse("pwsh >= 7.4")] });
        Assert.Equal(["plain", "sessions"], plan.Steps.Select(step => step.WorkerName));
    }

    [Theory]
    [InlineData(ScriptSyntax.Bash, "bash")]
    [InlineData(ScriptSyntax.PowerShell, "pwsh")]
    [InlineData(ScriptSyntax.Python, "python3")]
    public void GivenScriptOfASyntax_WhenPlanned_ThenItsInterpreterIsDemanded(ScriptSyntax syntax, string interpreter)
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "without", "with").Capable("without", []).Capable("with", [(interpreter, "/usr/bin/x")]);
        WorkerDraw draw = world.Run(new StepDefinition("S", new ScriptAction("x") { Syntax = syntax }) { Pool = "P" }).Draws.Single();
        Assert.Equal("with", draw.WorkerName);
        Assert.Equal([interpreter], draw.Demands.Select(demand => demand.ToString()));
        Assert.Equal($"lacks {interpreter}", draw.Skipped.Single().Reason);
    }

    [Fact]
    public void GivenStepsOfOneKey_WhenOneWorkerMeetsAllTheirDemands_ThenTheyShareIt()
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "plain", "all").Has("plain").Has("all", ("kubectl", "1"));
        RunPlan plan = world.Run(Step("1", "P"), Step("2", "P") with { Demands = [new("kubectl")] });
        Assert.Equal(["all", "all"], plan.Steps.Select(step => step.WorkerName));
        Assert.Single(plan.Draws);
    }

    [Fact]
    public void GivenStepsOfOneKey_WhenNoWorkerMeetsAllTheirDemands_ThenThoseWithTheSameDemandsShareOne()
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "linux", "windows").Capable("linux", [("bash", "5")]).Capable("windows", [("pwsh", "7.4")]);
        StepDefinition Power(string name) => new(name, new ScriptAction("x") { Syntax = ScriptSyntax.PowerShell }) { Pool = "P" };
        RunPlan plan = world.Run(Step("1", "P"), Power("2"), Step("3", "P"), Power("4"));
        Assert.Equal(["linux", "windows", "linux", "windows"], plan.Steps.Select(step => step.WorkerName));
        Assert.Equal(2, plan.Draws.Count);
    }

    [Fact]
    public void GivenWorkerOfWhichNobodyKnowsWhatItHas_WhenPlannedAndShown_ThenOnlyThePreviewDrawsItAndSaysSo()
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "old").Capable("old", [("bash", "/bin/bash"), ("runner", "1")], isCurrent: false);
        StepDefinition step = Step("S", "P") with { Demands = [new("kubectl")] };
        Assert.Contains("as far as is known", world.Fails(step).Message, StringComparison.Ordinal);
        RunPlan plan = RunPlanner.Preview(Runbook(step), Production, NothingSkipped, world.Facts);
        Assert.EndsWith("what it has is unknown: it would be checked", plan.Draws.Single().Reason, StringComparison.Ordinal);

        // An older check looked for interpreters too: what it did not find is not there.
        StepDefinition python = new("S", new ScriptAction("x") { Syntax = ScriptSyntax.Python }) { Pool = "P" };
        Assert.Throws<OctoWorkersException>(() => RunPlanner.Preview(Runbook(python), Production, NothingSkipped, world.Facts));
    }

    [Fact]
    public void GivenBuiltInWorkerThatLacksSomething_WhenPlanned_ThenItSaysWhat()
    {
        PlanningFacts facts = new PlanningWorld().Facts;
        StepDefinition step = Step("S") with { Demands = [new("kubectl")] };
        WorkerRecord known = WorkerRecord.BuiltIn with
        {
            Health = WorkerRecord.BuiltIn.Health with { Capabilities = new Dictionary<string, string> { ["bash"] = "/bin/bash", ["capabilities"] = "2" } },
        };
        OctoWorkersException error = Assert.Throws<OctoWorkersException>(
            () => RunPlanner.Plan(Runbook(step), Production, NothingSkipped, facts with { BuiltInWorker = known }));
        Assert.Contains("the built-in worker lacks kubectl.", error.Message, StringComparison.Ordinal);
        Assert.Equal(WorkerRecord.BuiltInName, RunPlanner.Plan(Runbook(Step("S")), Production, NothingSkipped, facts).Steps[0].WorkerName);
    }

    [Fact]
    public void GivenLostWorker_WhenRedrawn_ThenAnotherThatMeetsTheDemandsIsDrawn()
    {
        PlanningWorld world = new PlanningWorld().Pool("P", "a", "b", "c").Has("a", ("kubectl", "1")).Has("b").Has("c", ("kubectl", "1"));
        WorkerDraw lost = world.Run(Step("S", "P") with { Demands = [new("kubectl")] }).Draws.Single();
        Assert.Equal("c", RunPlanner.Redraw(lost, [lost.Worker], world.Facts).WorkerName);
    }
}
