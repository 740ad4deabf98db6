namespace OctoWorkers;

/// <summary>This machine.</summary>
public sealed record LocalConnection : WorkerConnection
{
    /// <inheritdoc/>
    public override string Kind => "local";
}
