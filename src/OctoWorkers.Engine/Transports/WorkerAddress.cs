namespace OctoWorkers.Engine.Transports;

/// <summary>Everything a transport needs to reach a worker and to find its own state there.</summary>
/// <param name="StoreKey">Tells stores apart on a worker: 16 lower-case hexadecimal digits.</param>
/// <param name="Worker">The worker's id; several workers may be one machine and one user, so state on a worker is kept per id.</param>
/// <param name="Name">The worker's name, for messages.</param>
/// <param name="Connection">How it is reached.</param>
public sealed record WorkerAddress(string StoreKey, WorkerId Worker, string Name, WorkerConnection Connection)
{
    /// <summary>Whether the machine is a deployment target, which messages are to call it then.</summary>
    public bool IsTarget { get; init; }

    /// <summary>Its name as messages have it.</summary>
    public MachineName Machine => new(Name, IsTarget);
}
