using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Engine.Transports;

/// <summary>Opens channels to this machine: a shell of its own, in a session of its own, so that Ctrl+C does not reach it.</summary>
/// <param name="clock">Measures time-outs.</param>
public sealed class LocalTransport(TimeProvider clock) : IWorkerTransport
{
    private readonly ChannelOpener _opener = new(clock);

    /// <summary>Which runner it starts.</summary>
    internal RunnerChoice Runner { get; init; }

    /// <summary>Variables set for the shell, beside those of this process.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public bool Supports(WorkerConnection connection) => connection is LocalConnection;

    /// <inheritdoc/>
    public async Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        string shell = address.Connection.Shell ?? "sh";
        ClientCommand command = new([shell], Environment, $"the shell '{shell}' of this machine", IsRemote: false);
        return await _opener.OpenAsync(address, command, Runner, connected: null, cancellationToken).ConfigureAwait(false);
    }
}
