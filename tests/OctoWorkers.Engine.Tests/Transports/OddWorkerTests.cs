using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>A worker whose runner answers as each test wants, for what no sound runner does.</summary>
public sealed class OddWorkerTests : IDisposable
{
    private const string Ticket = "t1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("X t1 0 0 5 0")]
    [InlineData("X t1 nonsense 0 0 0")]
    public async Task GivenAnEndThatCannotBeTrue_WhenFollowed_ThenTheReaderIsToldInsteadOfWaiting(string end)
    {
        await using IWorkerChannel channel = await OpenAsync(onStart: $"echo \"R $3 started\"; echo '{end}'", onPoll: ":");
        await channel.StartAsync(Attempt(), Stop);
        OctoWorkersException failure = await Assert.ThrowsAsync<OctoWorkersException>(
            () => ReadToEndAsync(channel).WaitAsync(Patience, Stop));
        Assert.Equal(EngineError.ProtocolViolation, failure.Error);
    }

    [Fact]
    public async Task GivenAStartWhoseCallerGaveUp_WhenFollowed_ThenItsOutputIsAskedFor()
    {
        await using IWorkerChannel channel = await OpenAsync(onStart: "echo \"R $3 started\"", onPoll: "echo 'X t1 0 0 0 0'");
        using (CancellationTokenSource givenUp = new())
        {
            Task<StartResult> start = channel.StartAsync(Attempt(), givenUp.Token);
            await givenUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        }

        await channel.EnterRunAsync("r1", 1, 0, Stop);
        AttemptExited exit = Assert.IsType<AttemptExited>(await ReadToEndAsync(channel).WaitAsync(Patience, Stop));
        Assert.Equal(0, exit.ExitCode);
    }

    [Theory]
    [InlineData("echo 'last words' >&2; kill -KILL $$", "worker ended with exit code 137 (signal 9): last words")]
    [InlineData("exit 3", "worker ended with exit code 3 and said nothing.")]
    public async Task GivenAClientThatEnds_WhenSomethingIsAskedOverIt_ThenTheMessageTellsHowItEnded(string end, string how)
    {
        await using IWorkerChannel channel = await OpenAsync(onStart: end, onPoll: ":");

        OctoWorkersException failure = await Assert.ThrowsAsync<OctoWorkersException>(() => channel.StartAsync(Attempt(), Stop).WaitAsync(Patience, Stop));

        Assert.Equal((EngineError.WorkerUnavailable, $"The connection to worker 'odd' has broken: {how}"), (failure.Error, failure.Message));
    }

    private static AttemptStart Attempt() => new("r1", 1, Ticket, ["sh"], "true"u8.ToArray());

    private static async Task<AttemptSignal?> ReadToEndAsync(IWorkerChannel channel)
    {
        AttemptSignal? last = null;
        await foreach (AttemptSignal signal in channel.FollowAsync(Ticket, default, Stop))
        {
            last = signal;
        }

        return last;
    }

    private async Task<IWorkerChannel> OpenAsync(string onStart, string onPoll)
    {
        string worker = folder.Program("worker", $$"""
            #!/bin/sh
            boundary=
            while [ -z "$boundary" ] && IFS= read -r line; do
              boundary=$(printf '%s\n' "$line" | sed -n 's/.*\([0-9a-f]\{32\}\).*/\1/p')
            done
            printf '\nOW1 %s sh\nH Linux x86_64 here me Search\n' "$boundary"
            while IFS= read -r line; do
              set -f; set -- $line; set +f
              case $line in
              "{ enter "[0-9]*) echo "R $3 new" ;;
              "{ start "[0-9]*) {{onStart}} ;;
              "{ poll; }") {{onPoll}} ;;
              esac
            done
            """);
        return await new LocalTransport(TimeProvider.System).OpenAsync(
            new("0123456789abcdef", new(1), "odd", new LocalConnection { Shell = worker }), Stop);
    }
}
