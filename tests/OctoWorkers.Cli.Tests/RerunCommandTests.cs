namespace OctoWorkers.Cli.Tests;

/// <summary>Reruns say what of the work that failed they leave out.</summary>
public sealed class RerunCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenTargetsThatFailed_WhenSomeOfThemAreGone_ThenTheRerunNamesThemAndWithoutAnyItIsRefused()
    {
        await harness.JsonAsync("apply", harness.WriteFile("r.yaml", """
            environments: [{ name: Test }]
            targets:
              - { name: web-1, connection: local, environments: [Test], tags: [web] }
              - { name: web-2, connection: local, environments: [Test], tags: [web] }
            runbooks: [{ name: Deploy, steps: [{ name: Install, targets: web, bash: 'exit 3' }] }]
            """));
        Assert.Equal(ExitCodes.Failed, (await harness.RunAsync("run", "Deploy", "--environment", "Test", "--quiet")).ExitCode);
        await harness.JsonAsync("target", "remove", "web-2");
        const string Sentence = "Step 1 'Install' leaves out web-2: not there any more";
        CommandOutcome quiet = await harness.RunAsync("rerun", "RunbookRuns-1", "--from-failed", "--quiet");
        Assert.Equal(ExitCodes.Failed, quiet.ExitCode);
        Assert.Contains($"{Sentence}.", quiet.Error, StringComparison.Ordinal);
        CommandOutcome followed = await harness.RunAsync("rerun", "RunbookRuns-1", "--from-failed");
        Assert.Contains(Sentence, followed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Sentence}.", followed.Error, StringComparison.Ordinal);
        CommandOutcome detached = await harness.RunAsync("rerun", "RunbookRuns-1", "--from-failed", "--detach");
        Assert.Contains($"{Sentence}.", detached.Error, StringComparison.Ordinal);
        Assert.Contains(Sentence, (await harness.RunAsync("log", "RunbookRuns-2")).Out, StringComparison.Ordinal);
        await harness.JsonAsync("target", "disable", "web-1");
        CommandOutcome refused = await harness.RunAsync("rerun", "RunbookRuns-1", "--from-failed");
        Assert.Contains("NoEligibleTarget: Nothing is left to do of what did not succeed", refused.Error, StringComparison.Ordinal);
        Assert.Contains("web-1: disabled", refused.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.Success, refused.ExitCode);
    }
}
