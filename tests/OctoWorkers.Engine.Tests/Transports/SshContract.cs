using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>The contract over a real sshd.</summary>
/// <param name="server">The sshd.</param>
public abstract class SshContract(SshServer server) : WorkerChannelContract, IClassFixture<SshServer>
{
    private SshTransport? _transport;

    /// <inheritdoc/>
    protected override string? Missing => server.Missing;

    /// <inheritdoc/>
    protected override string StateHome => server.StateHome;

    /// <summary>Which runner is forced.</summary>
    private protected virtual RunnerChoice Choice => RunnerChoice.Shell;

    /// <inheritdoc/>
    protected override IWorkerTransport Transport => _transport ??= new(TimeProvider.System) { Runner = Choice };

    /// <inheritdoc/>
    protected override WorkerConnection Connection => server.Connection;

    /// <inheritdoc/>
    protected override WorkerConnection WithShell(string shell) => server.Connection with { Shell = shell };

    /// <inheritdoc/>
    protected override void Cut() => Assert.NotEqual(0, server.CutConnections());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _transport?.Dispose();
        if (Missing is null)
        {
            foreach (string folder in Directory.EnumerateDirectories(server.StateHome))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        GC.SuppressFinalize(this);
    }
}
