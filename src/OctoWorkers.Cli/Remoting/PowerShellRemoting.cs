using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Remoting;

/// <summary>Workers that are reached through PowerShell remoting, by the PowerShell that is installed. The command as machine code has another class of this name.</summary>
internal sealed class PowerShellRemoting : IAsyncDisposable
{
    private readonly WorkerSessions sessions;
    private readonly RunspaceTransport transport;

    /// <param name="secrets">Opens the passwords of connections.</param>
    /// <param name="time">The clock.</param>
    internal PowerShellRemoting(SecretKeyring secrets, TimeProvider time)
    {
        sessions = new(secrets, time);
        transport = new(sessions);
    }

    /// <summary>Opens channels to them.</summary>
    internal IWorkerTransport Transport => transport;

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync().ConfigureAwait(false);
        await sessions.DisposeAsync().ConfigureAwait(false);
    }
}
