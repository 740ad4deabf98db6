using System.Text;
using OctoWorkers.Engine.Scripts;
using OctoWorkers.Runspaces.Steps;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What a session that is kept is told of the next step: what is different.</summary>
public sealed class StepRecordsTests
{
    [Fact]
    public void GivenTheNextStepOfARun_WhenItsRecordsAreCompared_ThenOnlyWhatIsDifferentIsTold()
    {
        string? changes = Changes(
            Records("1", ("Octopus.Action.Name", "one"), ("Octopus.Environment.Name", "Test"), ("Octopus.Step[one].Status", "Running"), ("Output[a].X", "x")),
            Records("2", ("Octopus.Action.Name", "two"), ("Octopus.Environment.Name", "Test"), ("Octopus.Step[one].Status", "Running"), ("Output[a].Y", "y")));

        Assert.Equal(
            [$"gone {Base64("Output[a].X")}", $"variable {Base64("Octopus.Action.Name")} {Base64("two")}", $"variable {Base64("Output[a].Y")} {Base64("y")}", $"body  {Base64("2")}", "end  "],
            changes!.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void GivenNothingDifferent_WhenRecordsAreCompared_ThenTheScriptIsToldAlone()
        => Assert.Equal("body  MQ==\nend  \n", Changes(Records("1", ("A", "a")), Records("1", ("A", "a"))));

    [Theory]
    [InlineData("A", "A,B")]
    [InlineData("A,B", "A")]
    [InlineData("A", "a")]
    public void GivenOtherVariablesOfPowerShell_WhenRecordsAreCompared_ThenAllOfThemAreNeeded(string before, string now)
    {
        Assert.Null(Changes(Of(before), Of(now)));

        static byte[] Of(string names) => Records("1", [.. names.Split(',').Select(name => (name, "x"))]);
    }

    [Fact]
    public void GivenAScriptModule_WhenRecordsAreCompared_ThenAllOfThemAreNeeded()
    {
        byte[] with = new ScriptSource(ScriptSyntax.PowerShell, "1") { Modules = [new("M", ScriptSyntax.PowerShell, "function f { }")] }.Start("r", 1, "t").Input.ToArray();

        Assert.Null(Changes(with, Records("1")));
        Assert.Null(Changes(Records("1"), with));
    }

    private static string? Changes(byte[] before, byte[] now) => StepRecords.Changes(before, now);

    private static byte[] Records(string body, params (string Name, string Value)[] variables)
        => new ScriptSource(ScriptSyntax.PowerShell, body) { Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value) }.Start("r", 1, "t").Input.ToArray();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
