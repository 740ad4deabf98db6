using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class OutputTests
{
    [Theory]
    [InlineData("printf 'no newline'", new[] { "no newline" })]
    [InlineData("printf '\\n\\n'", new[] { "", "" })]
    [InlineData("printf 'bad \\377\\376 bytes\\n'", new[] { "bad \uFFFD\uFFFD bytes" })]
    [InlineData("printf 'a\\0b\\n'", new[] { "a\0b" })]
    [InlineData("exec >&- 2>&-; true", new string[0])]
    [InlineData("echo before; exec >&- 2>&-; sleep 0.2", new[] { "before" })]
    public async Task GivenOutputThatIsUnusual_WhenItIsRead_ThenTheLogHoldsIt(string script, string[] expected)
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step("writes", script));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal(expected, await world.First.TextAsync(run.Run.Id, 1));
    }

    [Theory]
    [InlineData("exit 255", 255)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$; sleep 1", 143)]
    [InlineData("no-such-command-anywhere", 127)]
    public async Task GivenAScriptThatEndsBadly_WhenItIsOver_ThenTheCodeSaysHow(string script, int code)
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step("ends", script));
        Assert.Equal(code, run.Steps[0].Attempts.Single().ExitCode);
        Assert.Equal(StepStatus.Failed, run.Steps[0].Status);
    }
}
