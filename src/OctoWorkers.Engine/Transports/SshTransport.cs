using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Engine.Transports;

/// <summary>
/// Opens channels through the OpenSSH client with the user's own configuration: one long-lived <c>ssh HOST sh</c> for each channel.
/// It connects no faster than an sshd with its defaults admits, and tries again when one drops a connection before the login.
/// </summary>
/// <param name="clock">Measures time-outs and pauses.</param>
public sealed class SshTransport(TimeProvider clock) : IWorkerTransport, IDisposable
{
    private const int Tries = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(150);
    private readonly ChannelOpener _opener = new(clock);
    private readonly ConnectionGate _gate = new(perHost: 10, inAll: 32);

    /// <summary>Which runner it starts.</summary>
    internal RunnerChoice Runner { get; init; }

    /// <inheritdoc/>
    public bool Supports(WorkerConnection connection) => connection is SshConnection;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        SshConnection connection = (SshConnection)address.Connection;
        ClientCommand command = new(
            SshArguments.For(connection), new Dictionary<string, string>(), $"the host '{connection.Host}'", IsRemote: true);
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            using ConnectionPass pass = await _gate.EnterAsync(SshArguments.Destination(connection), cancellationToken).ConfigureAwait(false);
            try
            {
                return await _opener.OpenAsync(address, command, Runner, pass.Dispose, cancellationToken).ConfigureAwait(false);
            }
            catch (ConnectionDroppedException dropped)
            {
                if (attempt == Tries)
                {
                    throw new OctoWorkersException(EngineError.WorkerUnavailable, dropped.Message, address.Name, dropped);
                }
            }

            pass.Dispose();
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
            pause *= 2;
        }
    }

    /// <summary>Frees what it counts connections with; channels stay open.</summary>
    public void Dispose() => _gate.Dispose();
}
