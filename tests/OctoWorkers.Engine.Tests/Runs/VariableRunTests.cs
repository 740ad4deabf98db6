using OctoWorkers.Engine.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class VariableRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenSetsModulesTenantAndGivenValues_WhenARunIsCreated_ThenItKeepsThemWhateverBecomesOfThem()
    {
        await using RunWorld world = await CreateAsync();
        await world.First.Store.PutVariableSetAsync(new("Shared", [VariableDefinition.Text("A", "1")]), Stop);
        await world.First.Store.PutVariableSetAsync(new("Other", [VariableDefinition.Text("B", "1")]), Stop);
        await world.First.Store.PutScriptModuleAsync(new("m", ScriptSyntax.Bash, "f() { :; }"), Stop);
        await world.First.Store.PutTenantAsync(new("Acme") { Tags = [new("Region", "Europe")] }, true, Stop);
        await world.PutAsync(new RunbookDefinition("R", [new("s", new ScriptAction("true") { Modules = ["M"] })]) { VariableSets = ["shared"] });
        RunRecord run = await world.First.Engine.StartRunAsync(
            new("R", TestEnvironment) { Tenant = "ACME", Variables = [VariableDefinition.Text("C", "3"), VariableDefinition.Sensitive("D", "a secret")] }, Stop);
        await world.First.Store.PutVariableSetAsync(new("Shared", []), Stop);
        await world.First.EndAsync(run.Id);
        RunRequest kept = (await world.First.Store.GetRunAsync(run.Id, Stop)).Request;
        Assert.Equal(["Default", "Shared"], kept.VariableSets.Select(set => set.Definition.Name));
        Assert.Equal("1", Assert.Single(kept.VariableSets[1].Definition.Variables).Value);
        Assert.Equal("f() { :; }", Assert.Single(kept.Modules).Body);
        Assert.Equal("Acme", kept.Tenant!.Name);
        Assert.Equal([("C", "3"), ("D", null)], kept.Variables.Select(value => (value.Name, value.Value)));
        Assert.NotNull(kept.Variables[1].Sealed);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("get_octopusvariable A")]
    public async Task GivenValuesThatTie_WhenAStepRuns_ThenItFailsWhetherItsScriptSeesThemOrNot(string script)
    {
        await using RunWorld world = await CreateAsync("w1");
        VariableScope here = new() { Machines = ["w1"] };
        await world.First.Store.PutVariableSetAsync(new("One", [VariableDefinition.Text("A", "1") with { Scope = here }]), Stop);
        await world.First.Store.PutVariableSetAsync(new("Two", [VariableDefinition.Text("A", "2") with { Scope = here }]), Stop);
        await world.PutAsync(new RunbookDefinition("R", [new("s", new ScriptAction(script))]) { VariableSets = ["One", "Two"] });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("'A' has two values", $"{run.Run.Error} {run.Steps[0].Error}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenASecretInScope_WhenAScriptThatSeesNoVariablesPrintsIt_ThenItIsMasked()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition("R", [new("s", new ScriptAction("echo it is hunter2-hunter2"))]));
        RunRecord run = await world.First.Engine.StartRunAsync(
            new("R", TestEnvironment) { Variables = [VariableDefinition.Sensitive("D", "hunter2-hunter2")] }, Stop);
        await world.First.EndAsync(run.Id);
        Assert.Equal(["it is ********"], await world.First.TextAsync(run.Id, 1));
    }

    public static TheoryData<string, string?, string> BadValues { get; } = new()
    {
        { "Version", null, "none was given" },
        { "Version", "", "an empty one was given" },
        { "Version", "two\nlines", "takes one line" },
        { "Colour", "gren", "did you mean 'green'?" },
        { "Sure", "yes", "may be True or False" },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task GivenPrompts_WhenAValueDoesNotFit_ThenNoRunIsCreatedAndTheVariableIsNamed(string name, string? value, string says)
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(Prompting());
        List<VariableDefinition> given = [VariableDefinition.Text("version", "1")];
        given.RemoveAll(one => name == "Version");
        if (value is not null)
        {
            given.Add(VariableDefinition.Text(name, value));
        }

        OctoWorkersException error = await Assert.ThrowsAnyAsync<OctoWorkersException>(
            () => world.First.Engine.StartRunAsync(new("R", TestEnvironment) { Variables = given }, Stop));
        Assert.Equal(EngineError.PromptedValueInvalid, error.Error);
        Assert.DoesNotContain("--variable", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Empty(await world.First.Store.GetRunsAsync(new(), Stop));
    }

    [Fact]
    public async Task GivenPrompts_WhenValuesFit_ThenDefaultsCheckboxesAndSecretsAreTakenAsTheyAreMeant()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(Prompting());
        VariableDefinition[] given = [VariableDefinition.Text("version", "1"), VariableDefinition.Text("SURE", "true"), VariableDefinition.Text("Token", "abc")];
        RunRecord run = await world.First.Engine.StartRunAsync(new("R", TestEnvironment) { Variables = given }, Stop);
        await world.First.EndAsync(run.Id);
        Assert.Equal(
            [("version", "1"), ("Colour", "red"), ("Sure", "True"), ("Token", null)],
            (await world.First.Store.GetRunAsync(run.Id, Stop)).Request.Variables.Select(value => (value.Name, value.Value)));
    }

    [Theory]
    [InlineData("#{Wanted}", "True", StepStatus.Succeeded)]
    [InlineData("#{Wanted}", "no", StepStatus.Skipped)]
    [InlineData("#{Missing}", "True", StepStatus.Skipped)]
    public async Task GivenConditionByVariable_WhenEarlierStepsFailed_ThenOnlyTheExpressionDecides(string expression, string value, StepStatus expected)
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition(
            "R", [Step("fails", "exit 1"), Step("asks", "true") with { Condition = StepCondition.Variable, ConditionExpression = expression }])
        {
            Variables = [VariableDefinition.Text("Wanted", value)],
        });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(expected, run.Steps[1].Status);
        Assert.Equal(expected == StepStatus.Skipped ? "its condition is not true" : null, run.Steps[1].Error);
    }

    [Fact]
    public async Task GivenConditionWithASecretThatCannotBeOpened_WhenItIsRun_ThenTheRunFailsAndSaysWhy()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition(
            "R", [Step("asks", "true") with { Condition = StepCondition.Variable, ConditionExpression = "#{A}" }])
        {
            Variables = [VariableDefinition.Sensitive("A", new SealedText("ow1.other.x"))],
        });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("A secret is sealed with the key other", run.Run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Steps[0].Attempts);
    }

    [Fact]
    public async Task GivenChildRun_WhenItEnds_ThenTenantAndValuesWentDownAndItsOutcomeComesUp()
    {
        await using RunWorld world = await CreateAsync();
        await world.First.Store.PutTenantAsync(new("Acme"), true, Stop);
        await world.PutAsync(new RunbookDefinition("Child", [Step("c", "exit 3")]) { Prompts = [new("V") { Required = true }] });
        StepDefinition call = new("call", new RunRunbookAction("Child") { Variables = new Dictionary<string, string> { ["V"] = "#{A}!", ["S"] = "x#{Secret}" } });
        await world.PutAsync(new RunbookDefinition(
            "Parent",
            [
                call,
                Step("saw it", "true") with { Condition = StepCondition.Variable, ConditionExpression = "#{Octopus.Action[call].Output.Run.Error}" },
            ])
        {
            Variables = [VariableDefinition.Text("A", "a"), VariableDefinition.Sensitive("Secret", world.First.Secrets.Seal("hidden"))],
        });
        RunRecord parent = await world.First.Engine.StartRunAsync(new("Parent", TestEnvironment) { Tenant = "acme" }, Stop);
        await world.First.EndAsync(parent.Id);
        RunDetails details = await world.First.DetailsAsync(parent.Id);
        RunRecord child = await world.First.Store.GetRunAsync(details.Steps[0].Child!.Value, Stop);
        Assert.Equal("Acme", child.Request.Tenant!.Name);
        Assert.Equal("a!", child.Request.Variables.Single(value => value.Name == "V").Value);
        Assert.Equal("xhidden", world.First.Secrets.Open(child.Request.Variables.Single(value => value.Name == "S").Sealed!.Value));
        Assert.Equal(
            [("Run.Error", child.Error), ("Run.Id", child.Id.ToString()), ("Run.Status", "Failed")], details.Outputs.Select(output => (output.Name, output.Value)));
        Assert.Equal(StepStatus.Succeeded, details.Steps[1].Status);
    }

    [Fact]
    public async Task GivenWorkersThatWereNeverLookedAt_WhenAStepDemandsSomething_ThenTheyAreCheckedBeforeThePlan()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step("s", "true") with { Demands = [CapabilityDemand.Parse("no-such-tool >= 1")] });
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("lacks no-such-tool >= 1", run.Run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("as far as is known", run.Run.Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    private static RunbookDefinition Prompting() => new("R", [Step("s", "true")])
    {
        Prompts =
        [
            new("Version") { Required = true }, new("Colour") { Control = PromptControl.DropDown, Options = [new("red", "Red"), new("green", "Green")], Default = "red" },
            new("Sure") { Control = PromptControl.Checkbox }, new("Token") { Control = PromptControl.Sensitive },
        ],
    };
}
