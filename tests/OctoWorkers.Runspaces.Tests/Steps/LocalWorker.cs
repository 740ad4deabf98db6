namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A worker whose sessions are processes of this machine.</summary>
public sealed class LocalWorker : SharedWorker
{
    /// <summary>Tests whose runs have the same name, and so the same folder, there: one after another.</summary>
    public const string Runs = "runs of the local worker";

    /// <inheritdoc/>
    public override PowerShellConnection Connection { get; } = new(new LocalConnection()) { MaxSessions = 4 };
}
