using OctoWorkers.Engine;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.PowerShell.Remoting;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.PowerShell.Sessions;

/// <summary>The open store of one home folder and the engine on it, for all cmdlets of the process.</summary>
public sealed class EngineSession : IAsyncDisposable
{
    private readonly SshTransport ssh;
    private readonly WorkerSessions sessions;
    private readonly RunspaceTransport runspaces;

    private EngineSession(string home, IStore store)
    {
        ssh = new(TimeProvider.System);
        Home = home;
        Store = store;
        Secrets = new SecretKeyring(home, Environment.GetEnvironmentVariable(SecretKeyring.Variable), TimeProvider.System);
        Artifacts = new ArtifactFolder(home);
        sessions = new(Secrets, TimeProvider.System);
        runspaces = new(sessions);
        Engine = new(store, [new LocalTransport(TimeProvider.System), ssh, runspaces], Secrets, Artifacts, BackgroundDriver.Launcher(home), TimeProvider.System);
    }

    /// <summary>The store's folder.</summary>
    public string Home { get; }

    /// <summary>Definitions and queries.</summary>
    public IStore Store { get; }

    /// <summary>Encrypts and decrypts secrets.</summary>
    public ISecretProtector Secrets { get; }

    /// <summary>The bytes of artifacts.</summary>
    public IArtifactStore Artifacts { get; }

    /// <summary>PowerShell sessions on workers.</summary>
    public IWorkerSessions Sessions => sessions;

    /// <summary>Those of them that are being closed.</summary>
    internal SessionClosings Closings { get; } = new();

    /// <summary>Plans, runs, checks.</summary>
    public OctoWorkersEngine Engine { get; }

    /// <summary>Opens the store of a home folder, which is made when there is none.</summary>
    internal static async Task<EngineSession> OpenAsync(string home, CancellationToken cancellationToken)
        => new(home, await SqliteStore.OpenAsync(home, TimeProvider.System, cancellationToken).ConfigureAwait(false));

    /// <summary>Leaves runs under way to the background driver, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Engine.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            ssh.Dispose();
            await Closings.WaitAsync().ConfigureAwait(false);
            await runspaces.DisposeAsync().ConfigureAwait(false);
            await sessions.DisposeAsync().ConfigureAwait(false);
            await Store.DisposeAsync().ConfigureAwait(false);
        }
    }
}
