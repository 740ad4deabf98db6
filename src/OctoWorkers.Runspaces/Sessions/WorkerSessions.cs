using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Transports.Runner;
using OctoWorkers.Runspaces.Hosting;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// The sessions of this process on all workers, some opened ahead. They are opened no faster than an sshd with its defaults admits logins, and again when one drops a connection
/// before the login.
/// </summary>
/// <param name="secrets">Opens the passwords of connections.</param>
/// <param name="clock">Measures time-outs and pauses.</param>
public sealed class WorkerSessions(ISecretProtector secrets, TimeProvider clock) : IWorkerSessions
{
    // How many are open on a worker at once, unless its connection says otherwise.
    private const int DefaultMost = 16;
    private const int Tries = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(150);

    // Whatever answers has answered by then; a login that waits for input never does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // Sooner than whoever waits for a channel to the worker gives up: he could not say more than that nothing came.
    private static readonly TimeSpan ChannelPatience = TimeSpan.FromSeconds(40);
    private readonly SessionOpener _opener = new(secrets);
    private readonly ConnectionGate _logins = new(perHost: 10, inAll: 32);
    private readonly Lock _gate = new();
    private readonly Dictionary<PowerShellConnection, SessionPool> _pools = [];
    private bool _isClosed;

    /// <inheritdoc/>
    public async Task<IWorkerSession> RentAsync(string worker, WorkerConnection connection, bool isUnused, CancellationToken cancellationToken)
        => await RentAsync(new(worker, IsTarget: false), WayOf(connection), SessionUse.Command, isUnused, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IWorkerSession> OpenAsync(string worker, WorkerConnection connection, PSHost host, CancellationToken cancellationToken)
        => await OpenAsync(new(worker, IsTarget: false), WayOf(connection), SessionUse.Plain, host, static () => { }, Patience, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        SessionPool[] pools;
        lock (_gate)
        {
            _isClosed = true;
            pools = [.. _pools.Values];
            _pools.Clear();
        }

        await Task.WhenAll(pools.Select(pool => pool.DisposeAsync().AsTask())).ConfigureAwait(false);
        _logins.Dispose();
    }

    /// <summary>How sessions are reached over a connection.</summary>
    internal static PowerShellConnection WayOf(WorkerConnection connection) => connection as PowerShellConnection ?? new(connection);

    /// <summary>Somebody is about to need a session.</summary>
    internal void Expect(MachineName worker, PowerShellConnection connection, SessionUse use) => PoolOf(worker, connection).Expect(use);

    /// <summary>Gives a session for a step, which nobody has used before.</summary>
    internal Task<RentedSession> RentForStepAsync(MachineName worker, PowerShellConnection connection, CancellationToken cancellationToken)
        => RentAsync(worker, connection, SessionUse.Step, isUnused: true, cancellationToken);

    /// <summary>Gives a session for a use.</summary>
    internal async Task<RentedSession> RentAsync(MachineName worker, PowerShellConnection connection, SessionUse use, bool isUnused, CancellationToken cancellationToken)
    {
        SessionPool pool = PoolOf(worker, connection);
        return new(worker.Name, await pool.RentAsync(use, isUnused, cancellationToken).ConfigureAwait(false), pool, use);
    }

    /// <summary>Opens a session beside those that are counted, for a channel.</summary>
    internal Task<WorkerSession> OpenAsync(MachineName worker, PowerShellConnection connection, CancellationToken cancellationToken)
        => OpenAsync(worker, connection, SessionUse.Plain, null, static () => { }, ChannelPatience, cancellationToken);

    private SessionPool PoolOf(MachineName worker, PowerShellConnection connection)
    {
        InstalledPowerShell.Require(worker, connection);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_pools.TryGetValue(connection, out SessionPool? pool))
            {
                pool = new(
                    connection.MaxSessions ?? DefaultMost, (use, closed, token) => OpenAsync(worker, connection, use, null, closed, Patience, token), clock);
                _pools.Add(connection, pool);
            }

            return pool;
        }
    }

    private async Task<WorkerSession> OpenAsync(
        MachineName worker, PowerShellConnection connection, SessionUse use, PSHost? host, Action closed, TimeSpan patience, CancellationToken cancellationToken)
    {
        using CancellationTokenSource tooLong = new(patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            InstalledPowerShell.Require(worker, connection);
            return await WarmAsync(worker, connection, use, host, closed, isLast: false, either.Token).ConfigureAwait(false)
                ?? (await WarmAsync(worker, connection, use, host, closed, isLast: true, either.Token).ConfigureAwait(false))!;
        }
        catch (Exception failure)
        {
            closed();
            throw failure is OperationCanceledException givenUp && tooLong.IsCancellationRequested ? TooLong(worker, patience, givenUp) : failure;
        }
    }

    // Null: its connection was dropped before anybody used it, and that was not the last try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WorkerSession?> WarmAsync(
        MachineName worker, PowerShellConnection connection, SessionUse use, PSHost? host, Action closed, bool isLast, CancellationToken cancellationToken)
    {
        OpenedRunspace opened = await LoginAsync(worker, connection, use, host, cancellationToken).ConfigureAwait(false);
        bool isReady = false;
        try
        {
            WorkerSession session = await SessionWarmUp.RunAsync(
                worker, opened, use, () =>
                {
                    if (isReady)
                    {
                        closed();
                    }
                }, cancellationToken).ConfigureAwait(false);
            isReady = true;
            return session;
        }
        catch (RuntimeException failure)
        {
            return !isLast && SessionFailure.WasDropped(failure) ? null : throw SessionFailure.Explain(worker, connection, failure);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<OpenedRunspace> LoginAsync(MachineName worker, PowerShellConnection connection, SessionUse use, PSHost? host, CancellationToken cancellationToken)
    {
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            using ConnectionPass pass = await _logins.EnterAsync(DestinationOf(connection), cancellationToken).ConfigureAwait(false);
            try
            {
                return await _opener.OpenAsync(worker.Name, connection, use, host, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is RuntimeException or InvalidOperationException)
            {
                if (attempt == Tries || !SessionFailure.WasDropped(failure))
                {
                    throw SessionFailure.Explain(worker, connection, failure);
                }
            }

            pass.Dispose();
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private static string DestinationOf(PowerShellConnection connection) => connection.Via switch
    {
        SshConnection ssh => string.Create(CultureInfo.InvariantCulture, $"{ssh.ConfigurationFile}\0{ssh.Host}\0{ssh.Port ?? 0}"),
        WinRmConnection winRm => winRm.ComputerName,
        _ => "",
    };

    private static OctoWorkersException TooLong(MachineName worker, TimeSpan patience, OperationCanceledException givenUp)
        => new(
            EngineError.WorkerUnavailable,
            $"{worker}: no PowerShell session was open after {patience.TotalSeconds:0} s. {(givenUp as OpeningGivenUpException)?.Found ?? OpeningSilence.Before}", worker.Name, givenUp);
}
