using System.Collections.Concurrent;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.TestKit.Transports;

/// <summary>A real transport whose workers can hang, fail or vanish on demand. What runs on them goes on meanwhile.</summary>
/// <param name="inner">The real one.</param>
public sealed class CuttingTransport(IWorkerTransport inner) : IWorkerTransport
{
    private readonly ConcurrentDictionary<string, EngineError> refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CuttingChannel, bool> channels = [];
    private int opened;

    /// <summary>How many channels were opened so far.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>Called before a call of a channel goes to the real one, with the worker's name and the method's; what it waits for, the call waits for.</summary>
    public Func<string, string, CancellationToken, Task>? Before { get; set; }

    /// <summary>From now on the worker cannot be reached; channels that are open stay so.</summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="error">What opening fails with.</param>
    public void Refuse(string worker, EngineError error = EngineError.WorkerUnavailable) => refusals[worker] = error;

    /// <summary>From now on the worker can be reached.</summary>
    /// <param name="worker">The worker's name.</param>
    public void Admit(string worker) => refusals.TryRemove(worker, out _);

    /// <summary>The worker vanishes: its channels break, and no new one can be opened.</summary>
    /// <param name="worker">The worker's name.</param>
    public void Vanish(string worker)
    {
        Refuse(worker);
        Cut(worker);
    }

    /// <summary>Breaks the open channels to a worker.</summary>
    /// <param name="worker">The worker's name; null: all.</param>
    /// <returns>How many there were.</returns>
    public int Cut(string? worker = null)
    {
        int count = 0;
        foreach (CuttingChannel channel in channels.Keys.Where(channel => worker is null || channel.Worker == worker))
        {
            if (channels.TryRemove(channel, out _))
            {
                channel.Cut();
                count++;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public bool Supports(WorkerConnection connection) => inner.Supports(connection);

    /// <inheritdoc/>
    public async Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        await BeforeAsync(address.Name, nameof(OpenAsync), cancellationToken).ConfigureAwait(false);
        if (refusals.TryGetValue(address.Name, out EngineError error))
        {
            throw new OctoWorkersException(error, $"Worker '{address.Name}' was made unreachable.", address.Name);
        }

        CuttingChannel channel = new(
            this, address.Name, await inner.OpenAsync(address, cancellationToken).ConfigureAwait(false));
        channels[channel] = true;
        Interlocked.Increment(ref opened);
        return channel;
    }

    internal Task BeforeAsync(string worker, string method, CancellationToken cancellationToken)
        => Before?.Invoke(worker, method, cancellationToken) ?? Task.CompletedTask;

    internal void Forget(CuttingChannel channel) => channels.TryRemove(channel, out _);
}
