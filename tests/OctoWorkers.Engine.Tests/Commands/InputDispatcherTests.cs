using System.Threading.Channels;
using OctoWorkers.Engine.Commands;
using Xunit;

namespace OctoWorkers.Engine.Tests.Commands;

public sealed class InputDispatcherTests
{
    private static readonly OctoWorkersException Unreachable = new(EngineError.WorkerUnavailable, "It does not answer.");

    private readonly RecordingObserver _observer = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenInputs_WhenDispatched_ThenEachRunsOnceAndAllLanesAreClosed()
    {
        ScriptedWorker[] workers = [Worker("a"), Worker("b"), Worker("c")];

        await new InputDispatcher<int>(workers, new(), _observer, TimeProvider.System).RunAsync(Inputs(1000), Token);

        Assert.Equal(Enumerable.Range(1, 1000), _observer.Ended.Select(end => end.Input.Value).Order());
        Assert.All(_observer.Ended, end => Assert.Null(end.Error));
        Assert.All(workers, worker => Assert.Equal(0, worker.Open));
    }

    [Fact]
    public async Task GivenOneInput_WhenDispatched_ThenOneWorkerIsOpened()
    {
        ScriptedWorker[] workers = [Worker("a"), Worker("b")];

        await new InputDispatcher<int>(workers, new(), _observer, TimeProvider.System).RunAsync(Inputs(1), Token);

        Assert.Equal((1, 0), (workers[0].Opened, workers[1].Opened));
    }

    [Fact]
    public async Task GivenEachWorker_WhenDispatched_ThenEachGetsEveryInputInOrder()
    {
        ScriptedWorker[] workers = [Worker("a"), Worker("b"), Worker("c")];

        await new InputDispatcher<int>(workers, new() { OnEachWorker = true, ThrottleLimit = 2 }, _observer, TimeProvider.System).RunAsync(Inputs(40), Token);

        foreach (ScriptedWorker worker in workers)
        {
            Assert.Equal(Enumerable.Range(1, 40), _observer.Begun.Where(input => input.Worker == worker.Name).Select(input => input.Value));
        }
    }

    [Fact]
    public async Task GivenThrottle_WhenDispatched_ThenNoMoreRunAtOnce()
    {
        int running = 0;
        int most = 0;
        Task<InputEnd> Count(CommandInput<int> input, CancellationToken cancellationToken) => Task.Run(
            async () =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return InputEnd.Done;
            },
            cancellationToken);
        ScriptedWorker[] workers = [.. Enumerable.Range(0, 8).Select(number => new ScriptedWorker($"w{number}", Count))];

        await new InputDispatcher<int>(workers, new() { ThrottleLimit = 3, LanesPerWorker = [.. Enumerable.Repeat(2, 8)] }, _observer, TimeProvider.System).RunAsync(Inputs(200), Token);

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task GivenFailure_WhenRetriesAreLeft_ThenItRunsAgainElsewhere()
    {
        ScriptedWorker[] workers = [new("bad", (_, _) => Task.FromResult(new InputEnd(new InvalidOperationException("no"), IsLaneUsable: false))), Worker("good")];

        await new InputDispatcher<int>(workers, new() { Retries = 1 }, _observer, TimeProvider.System).RunAsync(Inputs(1), Token);

        Assert.Equal(["bad", "good"], _observer.Begun.Select(input => input.Worker));
        Assert.Equal([1, 2], _observer.Begun.Select(input => input.Attempt));
        Assert.Single(_observer.Retried);
        Assert.Null(Assert.Single(_observer.Ended).Error);
    }

    [Fact]
    public async Task GivenFailure_WhenNoRetriesAreLeft_ThenItIsTheEndOfThatInputAlone()
    {
        ScriptedWorker worker = new("a", (input, _) => Task.FromResult(input.Value == 2 ? new InputEnd(new InvalidOperationException("no"), IsLaneUsable: true) : InputEnd.Done));

        await new InputDispatcher<int>([worker], new(), _observer, TimeProvider.System).RunAsync(Inputs(3), Token);

        Assert.Equal([2], _observer.Ended.Where(end => end.Error is not null).Select(end => end.Input.Value));
        Assert.Equal(3, _observer.Ended.Count);
        Assert.Equal(1, worker.Opened);
    }

    [Fact]
    public async Task GivenWorkerThatCannotBeReached_WhenDispatched_ThenOthersDoItsWork()
    {
        ScriptedWorker[] workers = [new("gone", NeverAsync) { Problem = Unreachable }, Worker("good")];

        await new InputDispatcher<int>(workers, new(), _observer, TimeProvider.System).RunAsync(Inputs(20), Token);

        Assert.Equal(["gone"], _observer.Lost);
        Assert.All(_observer.Ended, end => Assert.Null(end.Error));
        Assert.Equal(20, _observer.Ended.Count);
    }

    [Fact]
    public async Task GivenWorkerThatRefuses_WhenDispatched_ThenNoInputIsLostAndNoAttemptCounts()
    {
        ScriptedWorker[] workers = [new("old", (_, _) => Task.FromResult(InputEnd.Refused(Unreachable))), Worker("new")];

        await new InputDispatcher<int>(workers, new(), _observer, TimeProvider.System).RunAsync(Inputs(20), Token);

        Assert.Equal(["old"], _observer.Lost);
        Assert.All(_observer.Ended, end => Assert.Equal((null, "new", 1), (end.Error, end.Input.Worker, end.Input.Attempt)));
        Assert.Equal(20, _observer.Ended.Count);
    }

    [Fact]
    public async Task GivenLaneThatWasLostBetweenInputs_WhenDispatched_ThenTheInputRunsInAnotherAndNoAttemptCounts()
    {
        int runs = 0;
        ScriptedWorker worker = new("a", (_, _) => Task.FromResult(++runs == 2 ? InputEnd.NotBegun : InputEnd.Done));

        await new InputDispatcher<int>([worker], new(), _observer, TimeProvider.System).RunAsync(Inputs(3), Token);

        Assert.Equal(2, worker.Opened);
        Assert.Equal(0, worker.Open);
        Assert.Equal([1, 2, 3], _observer.Ended.Select(end => end.Input.Value));
        Assert.All(_observer.Ended, end => Assert.Equal((null, 1), (end.Error, end.Input.Attempt)));
    }

    [Fact]
    public async Task GivenNoWorkerLeft_WhenInputsGoOn_ThenItEnds()
    {
        ScriptedWorker[] workers = [new("a", NeverAsync) { Problem = Unreachable }, new("b", NeverAsync) { Problem = Unreachable }];
        Channel<int> inputs = Channel.CreateUnbounded<int>();
        inputs.Writer.TryWrite(1);
        Task running = new InputDispatcher<int>(workers, new(), _observer, TimeProvider.System).RunAsync(inputs.Reader, Token);
        await AsyncWait.UntilAsync(() => inputs.Writer.TryWrite(2) && running.IsCompleted, Token);

        OctoWorkersException thrown = await Assert.ThrowsAsync<OctoWorkersException>(() => running);
        Assert.Equal(EngineError.NoEligibleWorker, thrown.Error);
        Assert.NotEmpty(_observer.Ended);
        Assert.All(_observer.Ended, end => Assert.Same(Unreachable, end.Error));
    }

    [Fact]
    public async Task GivenRunningInputs_WhenCancelled_ThenTheyAreStoppedAndLanesClosed()
    {
        TaskCompletionSource begun = new();
        ScriptedWorker worker = new("a", async (_, token) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return InputEnd.Done;
        });
        using CancellationTokenSource stop = new();
        Task running = new InputDispatcher<int>([worker], new(), _observer, TimeProvider.System).RunAsync(Inputs(5), stop.Token);
        await begun.Task.WaitAsync(Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, worker.Open);
    }

    [Fact]
    public async Task GivenLaneThatThrows_WhenDispatched_ThenTheBugIsNotSwallowed()
    {
        ScriptedWorker worker = new("a", (_, _) => throw new InvalidOperationException("a bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => new InputDispatcher<int>([worker], new(), _observer, TimeProvider.System).RunAsync(Inputs(5), Token));
        Assert.Equal(0, worker.Open);
    }

    [Fact]
    public async Task GivenBusyWorkers_WhenInputsWait_ThenNoMoreAreTakenThanAreOfUse()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0;
        async Task<InputEnd> WaitAsync(CommandInput<int> input, CancellationToken token)
        {
            Interlocked.Increment(ref begun);
            await go.Task.WaitAsync(token);
            return InputEnd.Done;
        }

        Channel<int> inputs = Channel.CreateUnbounded<int>();
        for (int input = 1; input <= 100; input++)
        {
            inputs.Writer.TryWrite(input);
        }

        inputs.Writer.Complete();
        Task running = new InputDispatcher<int>([new ScriptedWorker("a", WaitAsync), new ScriptedWorker("b", WaitAsync)], new(), _observer, TimeProvider.System).RunAsync(inputs.Reader, Token);
        await AsyncWait.UntilAsync(() => Volatile.Read(ref begun) == 2, Token);

        Assert.InRange(inputs.Reader.Count, 95, 98);
        go.SetResult();
        await running;
        Assert.Equal(100, _observer.Ended.Count);
    }

    private static ScriptedWorker Worker(string name) => new(name, static (_, _) => Task.FromResult(InputEnd.Done));

    private static Task<InputEnd> NeverAsync(CommandInput<int> input, CancellationToken cancellationToken) => throw new InvalidOperationException("Nothing runs here.");

    private static ChannelReader<int> Inputs(int count)
    {
        Channel<int> inputs = Channel.CreateUnbounded<int>();
        for (int input = 1; input <= count; input++)
        {
            inputs.Writer.TryWrite(input);
        }

        inputs.Writer.Complete();
        return inputs.Reader;
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen = Volatile.Read(ref most);
        while (now > seen)
        {
            seen = Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
