using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>
/// This process's way to one worker: one channel at a time, opened when it is needed and opened again after it broke. Everybody who waits for the opening
/// shares one attempt.
/// </summary>
internal sealed class WorkerLink(WorkerAddress address, IWorkerTransport transport, Func<IWorkerChannel, CancellationToken, Task> onOpened, TimeProvider time)
    : IAsyncDisposable
{
    /// <summary>How long an opening may take before the worker counts as unavailable.</summary>
    public static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(45);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private Task<IWorkerChannel>? opening;

    public WorkerAddress Address { get; } = address;

    /// <summary>Whether a channel is open now, as far as this process has noticed.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return opening is { IsCompletedSuccessfully: true } && !IsBroken(opening);
            }
        }
    }

    /// <summary>The open channel, or a new one.</summary>
    /// <param name="cancellationToken">Gives up waiting; the opening goes on for the others.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnavailable"/>, <see cref="EngineError.WorkerUnusable"/>, …</exception>
    public Task<IWorkerChannel> OpenAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
            if (opening is null || opening.IsFaulted || opening.IsCanceled || (opening.IsCompletedSuccessfully && IsBroken(opening)))
            {
                opening = ReopenAsync(opening);
            }

            return opening.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Begins to open a channel, unless one is open, is being opened or could not be: somebody is about to need it.</summary>
    public void Expect()
    {
        lock (gate)
        {
            if (opening is null && !closing.IsCancellationRequested)
            {
                opening = ReopenAsync(null);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        Task<IWorkerChannel>? last;
        lock (gate)
        {
            last = opening;
        }

        await CloseAsync(last).ConfigureAwait(false);
        closing.Dispose();
    }

    private static bool IsBroken(Task<IWorkerChannel> opened) => opened.GetAwaiter().GetResult().Broken.IsCancellationRequested;

    private static async Task CloseAsync(Task<IWorkerChannel>? opened)
    {
        if (opened is null)
        {
            return;
        }

        await ((Task)opened).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opened.IsCompletedSuccessfully)
        {
            IWorkerChannel channel = await opened.ConfigureAwait(false);
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<IWorkerChannel> ReopenAsync(Task<IWorkerChannel>? previous)
    {
        await Task.Yield();
        await CloseAsync(previous).ConfigureAwait(false);
        using CancellationTokenSource tooLong = new(OpenTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, closing.Token);
        IWorkerChannel channel;
        try
        {
            channel = await transport.OpenAsync(Address, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            throw TooLong();
        }

        try
        {
            await onOpened(channel, either.Token).ConfigureAwait(false);
            return channel;
        }
        catch (Exception e)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && tooLong.IsCancellationRequested)
            {
                throw TooLong();
            }

            throw;
        }
    }

    private OctoWorkersException TooLong()
        => new(
            EngineError.WorkerUnavailable,
            $"{Address.Machine} did not answer within {OpenTimeout.TotalSeconds:0} seconds. Check that the machine is up and not too busy, and that a login there does not wait for input.", Address.Name);
}
