namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A worker whose sessions are processes of this machine.</summary>
public sealed class LocalWorker : SharedWorker
{
    /// <inheritdoc/>
    public override PowerShellConnection Connection { get; } = new(new LocalConnection()) { MaxSessions = 4 };
}
