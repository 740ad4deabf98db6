using System.Reflection;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class SameDefinitionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static Dictionary<string, ScriptAction> Scripts { get; } = new()
    {
        ["same"] = new("true"),
        [nameof(ScriptAction.Body)] = new("false"),
        [nameof(ScriptAction.Syntax)] = new("true") { Syntax = (ScriptSyntax)99 },
        [nameof(ScriptAction.Arguments)] = new("true") { Arguments = ["a"] },
        [nameof(ScriptAction.Environment)] = new("true") { Environment = new Dictionary<string, string> { ["A"] = "b" } },
        [nameof(ScriptAction.Modules)] = new("true") { Modules = ["m"] },
    };

    private static Dictionary<string, RunRunbookAction> Children { get; } = new()
    {
        ["same"] = new("child"),
        [nameof(RunRunbookAction.Runbook)] = new("other"),
        [nameof(RunRunbookAction.Environment)] = new("child") { Environment = "E" },
        [nameof(RunRunbookAction.Wait)] = new("child") { Wait = false },
        [nameof(RunRunbookAction.Variables)] = new("child") { Variables = new Dictionary<string, string> { ["A"] = "b" } },
    };

    private static Dictionary<string, ManualAction> Manuals { get; } = new()
    {
        ["same"] = new("look"),
        [nameof(ManualAction.Instructions)] = new("see"),
        [nameof(ManualAction.Responsible)] = new("look") { Responsible = ["ada"] },
    };

    private static Dictionary<string, StepDefinition> Steps { get; } = new()
    {
        ["same"] = Step(),
        [nameof(StepDefinition.Name)] = new("Work", new ScriptAction("true")),
        [nameof(StepDefinition.Action)] = new("work", new RunRunbookAction("child")),
        [nameof(StepDefinition.Pool)] = Step() with { Pool = "Setup" },
        [nameof(StepDefinition.Packages)] = Step() with { Packages = [new("p")] },
        [nameof(StepDefinition.Condition)] = Step() with { Condition = StepCondition.Always },
        [nameof(StepDefinition.Start)] = Step() with { Start = StepStart.WithPrevious },
        [nameof(StepDefinition.Retry)] = Step() with { Retry = new() { Count = 1 } },
        [nameof(StepDefinition.Timeout)] = Step() with { Timeout = Hour },
        [nameof(StepDefinition.Idempotent)] = Step() with { Idempotent = true },
        [nameof(StepDefinition.Disabled)] = Step() with { Disabled = true },
        [nameof(StepDefinition.Required)] = Step() with { Required = true },
        [nameof(StepDefinition.Environments)] = Step() with { Environments = ["E"] },
        [nameof(StepDefinition.ExcludedEnvironments)] = Step() with { ExcludedEnvironments = ["E"] },
        [nameof(StepDefinition.PoolVariable)] = Step() with { PoolVariable = "Where" },
        [nameof(StepDefinition.Demands)] = Step() with { Demands = [new("kubectl")] },
        [nameof(StepDefinition.Targets)] = Step() with { Targets = new(["web"]) },
        [nameof(StepDefinition.ConditionExpression)] = Step() with { ConditionExpression = "#{A}" },
        [nameof(StepDefinition.TenantTags)] = Step() with { TenantTags = [new("Set", "Tag")] },
    };

    private static Dictionary<string, RunbookDefinition> Runbooks { get; } = new()
    {
        ["same"] = Runbook(),
        [nameof(RunbookDefinition.Name)] = new("Runbook", [Step()]),
        [nameof(RunbookDefinition.Steps)] = new("runbook", [Step(), new("more", new ScriptAction("true"))]),
        [nameof(RunbookDefinition.Description)] = Runbook() with { Description = "d" },
        [nameof(RunbookDefinition.Environments)] = Runbook() with { Environments = ["E"] },
        [nameof(RunbookDefinition.MaxParallelism)] = Runbook() with { MaxParallelism = 3 },
        [nameof(RunbookDefinition.Timeout)] = Runbook() with { Timeout = Hour },
        [nameof(RunbookDefinition.Priority)] = Runbook() with { Priority = RunPriority.Normal },
        [nameof(RunbookDefinition.QueueExpiry)] = Runbook() with { QueueExpiry = Hour },
        [nameof(RunbookDefinition.Retention)] = Runbook() with { Retention = RetentionPolicy.Forever },
        [nameof(RunbookDefinition.GuidedFailure)] = Runbook() with { GuidedFailure = GuidedFailureMode.Off },
        [nameof(RunbookDefinition.UnavailableTargets)] = Runbook() with { UnavailableTargets = UnavailableTargets.Skip },
        [nameof(RunbookDefinition.Variables)] = Runbook() with { Variables = [VariableDefinition.Text("A", "1")] },
        [nameof(RunbookDefinition.VariableSets)] = Runbook() with { VariableSets = ["S"] },
        [nameof(RunbookDefinition.Prompts)] = Runbook() with { Prompts = [new("A")] },
    };

    [Fact]
    public void GivenTargetsOfSteps_WhenOneThingDiffers_ThenTheStepsDiffer()
    {
        StepTargets[] all = [new(["web"]), new(["db"]), new(["web", "db"]), new(["web"]) { OnWorker = true }, new(["web"]) { Window = 2 }];
        foreach (StepTargets one in all)
        {
            Assert.All(all, other => Assert.Equal(
                ReferenceEquals(one, other), SameDefinition.Is(new RunbookDefinition("r", [Step() with { Targets = one }]), new("r", [Step() with { Targets = other }]))));
        }
    }

    [Fact]
    public void GivenRunbooksThatDifferInOneThing_WhenCompared_ThenOnlyThatMakesThemDiffer()
    {
        Compare(Scripts, action => new("runbook", [new("work", action)]));
        Compare(Children, action => new("runbook", [new("work", action)]));
        Compare(Manuals, action => new("runbook", [new("work", action)]));
        Compare(Steps, step => new("runbook", [step]));
        Compare(Runbooks, runbook => runbook);
    }

    // A property that is added and forgotten in the comparison is one that this test does not know either.
    private static void Compare<T>(Dictionary<string, T> variants, Func<T, RunbookDefinition> put)
    {
        IEnumerable<string> properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);
        Assert.Equal(properties.Append("same").Order(StringComparer.Ordinal), variants.Keys.Order(StringComparer.Ordinal));
        foreach ((string first, T one) in variants)
        {
            foreach ((string second, T other) in variants)
            {
                Assert.True(SameDefinition.Is(put(one), put(other)) == (first == second), $"{typeof(T).Name}: {first} and {second}");
            }
        }
    }

    private static StepDefinition Step() => new("work", new ScriptAction("true"));

    private static RunbookDefinition Runbook() => new("runbook", [Step()]);
}
