using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Secrets;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A transport with sessions of its own, as another process has.</summary>
internal sealed class RunspaceTransportOf : IAsyncDisposable
{
    private readonly WorkerSessions _sessions = new(new PlainProtector(), TimeProvider.System);

    internal RunspaceTransportOf() => Transport = new(_sessions);

    internal RunspaceTransport Transport { get; }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await _sessions.DisposeAsync();
    }
}
