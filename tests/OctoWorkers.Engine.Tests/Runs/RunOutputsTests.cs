using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Variables;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class RunOutputsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly RunRequest Request = new(
        new(1), new("R", [new("one", new ScriptAction("")), new("two", new RunRunbookAction("Child")), new("three", new ScriptAction(""))]), new(new(1), "Test", ""));

    [Fact]
    public void GivenOutputsOfSeveralAttempts_WhenFolded_ThenTheLastOfEachNameCounts()
    {
        RunState state = RunState.Of(Request, [Set(1, 1, "A", "first"), Set(1, 1, "B", "kept"), Set(1, 2, "a", "second"), Set(3, 1, "A", "other step")]);
        Assert.Equal(
            [("Octopus.Action[one].Output.a", "second"), ("Octopus.Action[one].Output.B", "kept"), ("Octopus.Action[three].Output.A", "other step")],
            Values(state));
    }

    [Fact]
    public void GivenOutputsOfMachines_WhenFolded_ThenEachHasItsNameAndThePlainOneIsTheLatest()
    {
        RunState state = RunState.Of(
            Request, [Set(1, 1, "A", "x") with { Machine = "web1", At = Now.AddSeconds(2) }, Set(1, 1, "A", "y") with { Machine = "web2", At = Now.AddSeconds(1) }]);
        Assert.Equal(
            [("Octopus.Action[one].Output.A", "x"), ("Octopus.Action[one].Output[web1].A", "x"), ("Octopus.Action[one].Output[web2].A", "y")], Values(state));
    }

    [Fact]
    public void GivenSecretOutput_WhenRead_ThenItIsASecretVariable()
    {
        RunState state = RunState.Of(Request, [new OutputVariableSet(1, 1, null, "S", null, new SealedText("ow1.a.b")) { At = Now }]);
        VariableDefinition value = Assert.Single(RunOutputs.Sources(state)).Definition;
        Assert.Equal((VariableKind.Sensitive, new SealedText("ow1.a.b")), (value.Kind, value.Sealed!.Value));
    }

    [Fact]
    public void GivenNamesThatNoVariableCanHave_WhenRead_ThenTheyAreNobodys()
    {
        RunState state = RunState.Of(Request, [Set(1, 1, new string('n', 20_000), "x"), Set(1, 1, "a\0b", "x"), Set(1, 1, "'); $(x)\n😀", "odd")]);
        Assert.Equal([("Octopus.Action[one].Output.'); $(x)\n😀", "odd")], Values(state));
    }

    [Fact]
    public void GivenChildThatEnded_WhenItsOutputsComeUp_ThenThoseOfItsOwnChildrenComeAlong()
    {
        RunState grandchild = RunState.Of(Request, [Set(1, 1, "Deep", "d")]);
        RunRecord ended = new(new(7), Request, RunStatus.Success, Now, Now, Now, null, null, 1);
        StepState two = RunState.Of(Request, [new AttemptIntended(2, 1, null, null) { At = Now }, new ChildRunCreated(2, new(7), true) { At = Now }]).Step(2);
        RunState child = RunState.Of(Request, RunOutputs.OfChild(two, ended, grandchild, Now));
        RunState parent = RunState.Of(Request, RunOutputs.OfChild(two, ended with { Error = "bad" }, child, Now));
        Dictionary<string, string?> values = Values(parent).ToDictionary(value => value.Name, value => value.Value);
        Assert.Equal("Success", values["Octopus.Action[two].Output.Run.Status"]);
        Assert.Equal("bad", values["Octopus.Action[two].Output.Run.Error"]);
        Assert.Equal("d", values["Octopus.Action[two].Output.Octopus.Action[two].Output.Octopus.Action[one].Output.Deep"]);
    }

    [Fact]
    public void GivenRunToRepeat_WhenItsRequestIsMade_ThenItHasTheOutputsOfTheStepsThatDoNotRunAgain()
    {
        RunRecord record = new(new(7), Request, RunStatus.Failed, Now, Now, Now, "x", null, 1);
        StepDetails Step(int number, StepStatus status) => new(number, $"{number}", status, null, [], null, Now, Now, null);
        RunDetails details = new(record, null, [Step(1, StepStatus.Succeeded), Step(2, StepStatus.Failed), Step(3, StepStatus.Skipped)])
        {
            Outputs = [Set(1, 1, "A", "kept"), Set(2, 1, "B", "set anew")],
        };
        RunRequest again = SkippedSteps.ForRerun(details);
        Assert.Equal("A", Assert.Single(again.Outputs).Name);
        Assert.Equal([("Octopus.Action[one].Output.A", "kept")], Values(RunState.Of(again, [])));
    }

    private static OutputVariableSet Set(int step, int attempt, string name, string value) => new(step, attempt, null, name, value, null) { At = Now };

    private static (string Name, string? Value)[] Values(RunState state)
        => [.. RunOutputs.Sources(state).Select(source => (source.Definition.Name, source.Definition.Value)).OrderBy(value => value.Name, StringComparer.OrdinalIgnoreCase)];
}
