using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>When a worker may be told of a run anew.</summary>
public sealed class RunThereTests : IDisposable
{
    private readonly RunThere there = new(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenNoOpenAttempt_WhenTheWorkerDoesNotKnowTheRun_ThenItIsTold()
    {
        Assert.Equal(0, await AskedAsync(known: false));
        Assert.True(there.TakeLoss());
        Assert.False(there.HasLost);
        Assert.True(there.MayEnter);
    }

    [Fact]
    public async Task GivenOpenAttempts_WhenTheWorkerDoesNotKnowTheRun_ThenItIsNotToldBeforeAllOfThemAreOver()
    {
        there.Resume("a", 2);
        there.Resume("b", 3);
        Assert.Equal(3, await AskedAsync(known: false, isTold: false));
        Assert.True(there.HasLost);
        Assert.False(there.MayEnter);
        there.Leave("b");
        Assert.Equal(2, await AskedAsync(known: false, isTold: false));
        Assert.False(there.MayEnter);
        there.Leave("a");
        Assert.True(there.MayEnter);
        Assert.Equal(0, await AskedAsync(known: false));
    }

    [Fact]
    public async Task GivenARunThatWasEntered_WhenItIsEnteredAgain_ThenItMustBeKnownUnderTheNewToken()
    {
        there.Resume("a", 2);
        Assert.Equal(2, await AskedAsync(known: true));
        Assert.Equal(5, await AskedAsync(known: true));
        await there.BeginAsync("b", Stop);
        there.Leave("a");
        Assert.Equal(5, await AskedAsync(known: true));
        Assert.False(there.HasLost);
    }

    [Fact]
    public async Task GivenAWorkerThatIsBeingTold_WhenAnAttemptIsToBegin_ThenItWaitsForThat()
    {
        TaskCompletionSource<RunOnWorker> answer = new();
        Task<RunOnWorker?> entering = there.EnterAsync(_ => answer.Task, Stop);
        Task beginning = there.BeginAsync("a", Stop);
        Assert.False(beginning.IsCompleted);
        answer.SetResult(new(false, []));
        Assert.NotNull(await entering);
        await beginning.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(5, await AskedAsync(known: true));
    }

    public void Dispose() => there.Dispose();

    // The token under which the run had to be known.
    private async Task<long> AskedAsync(bool known, bool isTold = true)
    {
        long asked = -1;
        RunOnWorker? answer = await there.EnterAsync(
            knownUnder =>
            {
                asked = knownUnder;
                return Task.FromResult(new RunOnWorker(known, []));
            },
            Stop);
        Assert.Equal(isTold, answer is not null);
        return asked;
    }
}
