using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;
using static OctoWorkers.Engine.Tests.Runs.TargetWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Deployment targets that fail, are left out or cannot be reached, with real machines and a real store.</summary>
public sealed class TargetFailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenWindowOfOne_WhenATargetFails_ThenTheRestIsSkippedAndARerunDoesOnlyWhatFailed()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2", "web-3");
        RunDetails run = await world.RunAsync(
            On("Deploy", $"echo ran; [ #{{Octopus.Machine.Name}} != web-2 ] || [ -e '{world.File("mended")}' ]", window: 1), Step("After", "echo after"));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Equal([StepStatus.Succeeded, StepStatus.Failed, StepStatus.Skipped], run.Steps[0].Targets!.Select(target => target.Status));
        Assert.StartsWith("Step 1 'Deploy' failed: for 1 of 3 deployment targets, 'web-2': The script exited with code 1.", run.Run.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(world.File("mended"), "", Stop);
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(run.Run.Id, detached: false, Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(again.Id)).Status);
        RunDetails rerun = await world.First.DetailsAsync(again.Id);
        Assert.Equal(["web-2", "web-3"], rerun.Steps[0].Targets!.Select(target => target.Name));
        Assert.Equal(["after"], await world.First.TextAsync(again.Id, 2));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenGuidedRun_WhenATargetIsExcluded_ThenTheRestOfTheRunLeavesItOut()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        await world.PutAsync(new RunbookDefinition("the runbook",
        [
            On("Deploy", "[ #{Octopus.Machine.Name} != web-2 ]"), On("Verify", "echo \"#{Octopus.Machine.Name}\""),
        ])
        { GuidedFailure = GuidedFailureMode.On });
        RunId run = (await world.First.StartAsync("the runbook")).Id;
        RunDetails asked = await world.First.BecomesAsync(run, details => details.Interruptions.Count > 0, "a person is asked");
        Interruption question = asked.Interruptions[0];
        Assert.Equal((1, "Deploy", "web-2"), (question.Step, question.StepName, question.Target));
        Assert.Empty(await world.First.Store.GetLeasesAsync(Stop));
        await world.First.Engine.AnswerInterruptionAsync(question.Id, InterruptionAnswer.Exclude, "old disk", Stop);
        RunRecord ended = await world.First.EndAsync(run);
        Assert.True(ended.Status == RunStatus.Success, ended.Error);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(["web-1"], await world.First.TextAsync(run, 2));
        Assert.Equal([false, true], details.Steps[0].Targets!.Select(target => target.IsExcluded));
        Assert.Contains("old disk", details.Steps[1].Targets![1].Error, StringComparison.Ordinal);
        Assert.Contains(await world.First.Store.GetAuditAsync(new(), Stop), entry => entry.Details == "exclude: old disk");
        await world.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(UnavailableTargets.Fail)]
    [InlineData(UnavailableTargets.Skip)]
    public async Task GivenUnavailableTarget_WhenARunNeedsIt_ThenItFailsThePlanOrIsSkippedWithAWarning(UnavailableTargets mode)
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        world.Transport.Refuse("web-2");
        await world.PutAsync(new RunbookDefinition("the runbook", [On("Deploy", "echo \"#{Octopus.Machine.Name}\"")]) { UnavailableTargets = mode });
        RunDetails run = await world.First.RunAsync("the runbook");
        Assert.Equal(mode == UnavailableTargets.Fail ? (RunStatus.Failed, EngineError.NoEligibleTarget) : (RunStatus.Success, null), (run.Run.Status, run.Cause));
        if (mode == UnavailableTargets.Skip)
        {
            Assert.Equal(["web-1"], await world.First.TextAsync(run.Run.Id, 1));
            Assert.Contains(await world.First.LogAsync(run.Run.Id, 0), line => line.Level == LogLevel.Warning && line.Text.Contains("leaves out web-2", StringComparison.Ordinal));
        }

        world.Transport.Admit("web-2");
        await world.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(UnavailableTargets.Fail)]
    [InlineData(UnavailableTargets.Skip)]
    public async Task GivenTargetLostBetweenSteps_WhenTheNextWantsIt_ThenItFailsOrIsLeftOut(UnavailableTargets mode)
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        foreach (DeploymentTargetRecord target in await world.First.Store.GetTargetsAsync(Stop))
        {
            await world.First.Engine.CheckTargetAsync(target, Stop);
        }

        world.Transport.Refuse("web-2");
        world.Transport.Cut("web-2");
        await world.PutAsync(new RunbookDefinition("the runbook", [On("Deploy", "echo \"#{Octopus.Machine.Name}\""), On("Next", "echo next")]) { UnavailableTargets = mode });
        RunDetails run = await world.First.RunAsync("the runbook");
        Assert.Equal(mode == UnavailableTargets.Fail ? RunStatus.Failed : RunStatus.Success, run.Run.Status);
        Assert.Equal(
            [StepStatus.Succeeded, mode == UnavailableTargets.Fail ? StepStatus.Failed : StepStatus.Skipped], run.Steps[0].Targets!.Select(target => target.Status));
        Assert.Equal(mode == UnavailableTargets.Skip, run.Steps[0].Targets![1].IsExcluded);
        world.Transport.Admit("web-2");
    }
}
