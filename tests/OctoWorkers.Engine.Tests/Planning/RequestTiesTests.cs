using OctoWorkers.Engine.Planning;
using Xunit;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class RequestTiesTests
{
    [Fact]
    public void GivenValuesThatTieForAStep_WhenARunIsAskedFor_ThenBothAndTheirPlacesAreNamed()
    {
        OctoWorkersException tie = Assert.Throws<OctoWorkersException>(() => RequestTies.Check(Request(Value("A", "Here", "B"), Value("B", "Here", "B"))));
        Assert.Equal(EngineError.VariableConflict, tie.Error);
        Assert.Contains("one of variable set 'A' (step 'B', environment 'Here'); one of variable set 'B' (step 'B', environment 'Here')", tie.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenValuesOfWhichOneWins_WhenARunIsAskedFor_ThenItMayBegin()
    {
        RequestTies.Check(Request(Value("A", "Here"), Value("B", "There")));
        RequestTies.Check(Request(Value("A", "Here"), Value("B", "Here", "B")));
        RequestTies.Check(Request(Value("A", "Here"), Value("B", "Here"), Value("C", "Here", "A"), Value("D", "Here", "B")));
        RequestTies.Check(Request(Value("A", "Here"), Value("B", "Here")) with { Variables = [VariableDefinition.Text("x", "given")] });
    }

    [Fact]
    public void GivenTieOfASkippedStep_WhenARunIsAskedFor_ThenItMayBegin()
        => RequestTies.Check(Request(Value("A", "Here", "B"), Value("B", "Here", "B")) with { SkippedSteps = new Dictionary<int, string> { [2] = "asked" } });

    [Fact]
    public void GivenValueForAMachine_WhenOthersTie_ThenOnlyThePlanCanTell()
        => RequestTies.Check(Request(Value("A", "Here"), Value("B", "Here"), ("C", VariableDefinition.Text("X", "c") with { Scope = new() { Machines = ["w"] } })));

    private static (string Set, VariableDefinition Value) Value(string set, string environment, params string[] steps)
        => (set, VariableDefinition.Text("X", set) with { Scope = new() { Environments = [environment], Steps = steps } });

    private static RunRequest Request(params (string Set, VariableDefinition Value)[] values)
        => new(new(1), new("R", [new("A", new ScriptAction("x")), new("B", new ScriptAction("x"))]), new(new(1), "Here", ""))
        {
            VariableSets = [.. values.Select((one, index) => new VariableSetRecord(new(index + 1), new(one.Set, [one.Value])))],
        };
}
