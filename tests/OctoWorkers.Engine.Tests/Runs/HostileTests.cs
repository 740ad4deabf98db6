using OctoWorkers.Engine.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class HostileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenNamesThatAreHostile_WhenTheyRun_ThenTheyAreOnlyNames()
    {
        await using RunWorld world = await CreateAsync();
        string trap = world.File("trap");
        string[] names = ["it's \"quoted\"", $"$(touch '{trap}')", "`id`; & | \\ %s", "\U0001F419 octopus"];
        RunDetails run = await world.RunAsync([.. names.Select(name => Step(name, "true"))]);
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal(names, run.Steps.Select(step => step.Name));
        Assert.False(File.Exists(trap));
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("")]
    [InlineData(" padded ")]
    public void GivenANameThatIsNone_WhenAStepIsMade_ThenItIsRefused(string name)
        => Assert.Equal(EngineError.InvalidDefinition, Assert.Throws<OctoWorkersException>(() => Step(name, "true")).Error);

    [Fact]
    public void GivenHalfOfASurrogatePair_WhenAStepIsMade_ThenItIsRefused()
        => Assert.Equal(EngineError.InvalidDefinition, Assert.Throws<OctoWorkersException>(() => Step($"half {(char)0xD83D} pair", "true")).Error);

    [Fact]
    public void GivenANameOfTenKilobytes_WhenAStepIsMade_ThenItIsRefused()
        => Assert.Equal(EngineError.InvalidDefinition, Assert.Throws<OctoWorkersException>(() => Step(new('x', 10_000), "true")).Error);

    [Fact]
    public async Task GivenArgumentsAndVariablesThatAreHostile_WhenAScriptRuns_ThenTheyComeUnchanged()
    {
        await using RunWorld world = await CreateAsync();
        string trap = world.File("trap");
        string[] arguments = ["", " ", "it's", $"$(touch '{trap}')", "a\nb", "; }\n{ remove '1' 'RunbookRuns-1'; }", "-n", "\U0001F419", "\\", "*"];
        RunDetails run = await world.RunAsync(new StepDefinition("prints", new ScriptAction("printf '%s|' \"$@\"; printf '%s|' \"$HOSTILE\" \"$EMPTY\"")
        {
            Arguments = arguments,
            Environment = new Dictionary<string, string> { ["HOSTILE"] = $"`touch '{trap}'` 'a' \"b\" \n$HOME", ["EMPTY"] = "" },
        }));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        string expected = string.Concat(arguments.Append($"`touch '{trap}'` 'a' \"b\" \n$HOME").Append("").Select(one => one + "|"));
        Assert.Equal(expected, string.Join('\n', await world.First.TextAsync(run.Run.Id, 1)));
        Assert.False(File.Exists(trap));
    }

    [Fact]
    public async Task GivenAnArgumentThatCannotBePassedOn_WhenTheStepRuns_ThenItFailsAndSaysSo()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(new StepDefinition("never", new ScriptAction("true") { Arguments = ["a\0b"] }), Step("next", "true"));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Equal(AttemptOutcome.NotStarted, run.Steps[0].Attempts.Single().Outcome);
        Assert.Contains("NUL", run.Steps[0].Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAScriptOfFiveMegabytes_WhenItRuns_ThenItRunsWhole()
    {
        await using RunWorld world = await CreateAsync();
        string filler = string.Concat(Enumerable.Repeat($"# {new string('x', 97)}\n", 50_000));
        RunDetails run = await world.RunAsync(Step("big", $"echo first\n{filler}echo last\n"));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal(["first", "last"], await world.First.TextAsync(run.Run.Id, 1));
    }

    [Fact]
    public async Task GivenFiftyRunsAtOnce_WhenTheyHaveEnded_ThenAllSucceededAndNothingIsLeft()
    {
        await using RunWorld world = await CreateAsync("worker1", "worker2", "worker3");
        await world.SetAsync("taskCap", "50");
        await world.PutAsync("the runbook", Step("one", "echo $1") with { Packages = [new("a") { Acquire = PackageAcquisition.None }] }, Step("two", "echo two"));
        EngineInstance engine = await world.AddEngineAsync();
        RunRecord[] runs = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => engine.Engine.StartRunAsync(new NewRun("the runbook", RunWorld.TestEnvironment), Stop))));
        RunRecord[] ended = await Task.WhenAll(runs.Select(run => engine.EndAsync(run.Id)));
        Assert.All(ended, run => Assert.Equal((RunStatus.Success, null), (run.Status, run.Error)));
        await world.AssertNothingIsLeftAsync();
    }
}
