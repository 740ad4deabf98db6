using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.TestKit.Transports;

/// <summary>A channel of a <see cref="CuttingTransport"/>.</summary>
internal sealed class CuttingChannel(CuttingTransport owner, string worker, IWorkerChannel inner) : IWorkerChannel
{
    private readonly CancellationTokenSource cut = CancellationTokenSource.CreateLinkedTokenSource(inner.Broken);

    private int disposed;

    public string Worker { get; } = worker;

    public WorkerGreeting Greeting => inner.Greeting;

    public IPackageCache Packages => new CuttingPackageCache(this, inner.Packages);

    // Also asked for when the channel has been disposed of.
    public CancellationToken Broken => cut.IsCancellationRequested ? new(canceled: true) : cut.Token;

    public void Cut() => cut.Cancel();

    public Task<RunOnWorker> EnterRunAsync(string run, long fencingToken, long knownUnder, CancellationToken cancellationToken)
        => CallAsync(nameof(EnterRunAsync), token => inner.EnterRunAsync(run, fencingToken, knownUnder, token), cancellationToken);

    public Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken)
        => CallAsync(nameof(StartAsync), token => inner.StartAsync(start, token), cancellationToken);

    public async IAsyncEnumerable<AttemptSignal> FollowAsync(
        string ticket, OutputOffsets from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cut.Token, cancellationToken);
        IAsyncEnumerator<AttemptSignal> signals = inner.FollowAsync(ticket, from, either.Token).GetAsyncEnumerator(CancellationToken.None);
        await using ConfiguredAsyncDisposable disposal = signals.ConfigureAwait(false);
        while (await CallAsync(nameof(FollowAsync), _ => signals.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
        {
            yield return signals.Current;
        }
    }

    public Task<TerminationReceipt> TerminateAsync(string run, string ticket, TimeSpan grace, CancellationToken cancellationToken)
        => CallAsync(nameof(TerminateAsync), token => inner.TerminateAsync(run, ticket, grace, token), cancellationToken);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(
        string run, string ticket, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cut.Token, cancellationToken);
        IAsyncEnumerator<ReadOnlyMemory<byte>> pieces = inner.ReadFileAsync(run, ticket, path, either.Token).GetAsyncEnumerator(CancellationToken.None);
        await using ConfiguredAsyncDisposable disposal = pieces.ConfigureAwait(false);
        while (await CallAsync(nameof(ReadFileAsync), _ => pieces.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
        {
            yield return pieces.Current;
        }
    }

    public Task RemoveRunAsync(string run, CancellationToken cancellationToken)
        => CallAsync(
            nameof(RemoveRunAsync),
            async token =>
            {
                await inner.RemoveRunAsync(run, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        owner.Forget(this);
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await cut.CancelAsync().ConfigureAwait(false);
            cut.Dispose();
        }
    }

    internal async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cut.Token, cancellationToken);
            either.Token.ThrowIfCancellationRequested();
            await owner.BeforeAsync(Worker, method, either.Token).ConfigureAwait(false);
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OctoWorkersException(EngineError.WorkerUnavailable, $"The connection to worker '{Worker}' was cut.", Worker);
        }
    }
}
