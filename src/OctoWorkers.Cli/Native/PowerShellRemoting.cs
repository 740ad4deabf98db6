using OctoWorkers.Cli.Native;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Remoting;

/// <summary>Workers that are reached through PowerShell remoting, in the command as machine code: it can load no PowerShell, and says so.</summary>
internal sealed class PowerShellRemoting : IWorkerTransport, IAsyncDisposable
{
    /// <param name="secrets">Not used here.</param>
    /// <param name="time">Not used here.</param>
    internal PowerShellRemoting(SecretKeyring secrets, TimeProvider time)
    {
        _ = (secrets, time);
    }

    /// <summary>Refuses them.</summary>
    internal IWorkerTransport Transport => this;

    public bool Supports(WorkerConnection connection) => connection is PowerShellConnection;

    public Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
        => Task.FromException<IWorkerChannel>(new OctoWorkersException(
            EngineError.WorkerUnusable,
            $"'{address.Name}' is reached through PowerShell remoting, which this command, compiled to machine code, cannot load; use the command that is compiled without Native=true ({ManagedProgram.Path}).",
            address.Name));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
