using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Secrets;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A worker that the tests of a class share, one after the other: to open its sessions takes longer than most tests do. Nothing that a test leaves there is seen by the next.</summary>
public abstract class SharedWorker : IAsyncDisposable
{
    protected SharedWorker() => Transport = new(Sessions);

    /// <summary>What this machine lacks for it; null: nothing.</summary>
    public virtual string? Missing => PowerShellProgram.Path is null ? "there is no pwsh on the PATH" : null;

    /// <summary>Whose runs it has: folders of others that use the same machine meanwhile are not its own.</summary>
    public string StoreKey { get; } = Guid.NewGuid().ToString("N")[..16];

    /// <summary>How it is reached.</summary>
    public abstract PowerShellConnection Connection { get; }

    /// <summary>The sessions there.</summary>
    public WorkerSessions Sessions { get; } = new(new PlainProtector(), TimeProvider.System);

    /// <summary>Reaches it.</summary>
    public RunspaceTransport Transport { get; }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await Sessions.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
