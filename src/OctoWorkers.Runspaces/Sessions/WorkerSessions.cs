using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Runspaces.Hosting;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Opens a session for each that is asked for.</summary>
/// <param name="secrets">Opens the passwords of connections.</param>
/// <param name="clock">Measures time-outs and pauses.</param>
public sealed class WorkerSessions(ISecretProtector secrets, TimeProvider clock) : IWorkerSessions
{
    private readonly SessionOpener _opener = new(secrets);

    /// <inheritdoc/>
    public async Task<IWorkerSession> RentAsync(string worker, WorkerConnection connection, CancellationToken cancellationToken)
    {
        InstalledPowerShell.Require(worker);
        _ = clock;
        PowerShellConnection way = connection as PowerShellConnection ?? new(connection);
        try
        {
            Runspace runspace = await _opener.OpenAsync(way, cancellationToken).ConfigureAwait(false);
            return new WorkerSession(worker, runspace, new("", 0, "", "", "", "", ""));
        }
        catch (RuntimeException failure)
        {
            throw SessionFailure.Explain(worker, way, failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
