using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Sessions through the subsystem of an sshd.</summary>
/// <param name="worker">Where they are.</param>
public sealed class SshTests(SshWorker worker) : StepContract(worker), IClassFixture<SshWorker>
{
    [Fact]
    public async Task GivenFortyStepsAtOnce_WhenTheyAreStarted_ThenAllRunInSessionsOfTheirOwnWithinTheCap()
    {
        await EnterAsync();
        StepOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() => RunAsync($"$PID; {index}"), Stop)));

        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.ExitCode));
        Assert.Equal(40, outcomes.Select(outcome => outcome.Out.Split('\n')[0]).Distinct().Count());
    }
}
