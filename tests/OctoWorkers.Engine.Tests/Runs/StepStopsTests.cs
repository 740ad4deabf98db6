using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class StepStopsTests
{
    [Fact]
    public async Task GivenAStepThatHasGivenUp_WhenItWaitsAgain_ThenItDoesSoWhenTheFormerWaitHasEnded()
    {
        using StepStops stops = new();
        TaskCompletionSource givesBack = new();
        List<string> happened = [];
        Task former = stops.Begin(1, async stop =>
        {
            await givesBack.Task;
            happened.Add(stop.IsCancellationRequested ? "gave back" : "was never told");
        }, CancellationToken.None);
        stops.GiveUp(1);
        Task next = stops.Begin(1, _ =>
        {
            happened.Add("took");
            return Task.CompletedTask;
        }, CancellationToken.None);
        Task other = stops.Begin(2, _ => Task.CompletedTask, CancellationToken.None);
        await other;
        Assert.Empty(happened);
        givesBack.SetResult();
        await Task.WhenAll(former, next);
        Assert.Equal(["gave back", "took"], happened);
    }
}
