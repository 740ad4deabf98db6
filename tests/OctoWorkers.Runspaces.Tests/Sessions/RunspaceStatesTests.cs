using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>The wait for a pipeline, which is played.</summary>
public sealed class RunspaceStatesTests
{
    private readonly TaskCompletionSource<int> _pipeline = new();

    public RunspaceStatesTests()
    {
        Assert.SkipWhen(PowerShellProgram.Path is null, "there is no pwsh on the PATH");
        InstalledPowerShell.Require(new("tests", IsTarget: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenAPipelineOfWhichNothingIsSaid_WhenItsRunspaceIsClosed_ThenTheWaitEnds(bool wasClosedBefore)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        runspace.Open();
        if (wasClosedBefore)
        {
            runspace.Close();
        }

        Task<int> waiting = RunspaceStates.EndAsync(_pipeline.Task, runspace);
        runspace.Close();

        await Assert.ThrowsAsync<PSRemotingTransportException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GivenAPipelineWhoseEndIsSaidALittleAfterThatOfItsRunspace_WhenItIsWaitedFor_ThenItsEndCounts()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        runspace.Open();
        Task<int> waiting = RunspaceStates.EndAsync(_pipeline.Task, runspace);
        runspace.Close();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        _pipeline.SetException(new PipelineStoppedException());

        await Assert.ThrowsAsync<PipelineStoppedException>(() => waiting);
    }

    [Fact]
    public async Task GivenAPipelineThatEnds_WhenItsRunspaceGoesOn_ThenTheWaitHasItsResult()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        runspace.Open();
        Task<int> waiting = RunspaceStates.EndAsync(_pipeline.Task, runspace);
        Assert.False(waiting.IsCompleted);
        _pipeline.SetResult(4);

        Assert.Equal(4, await waiting);
    }
}
