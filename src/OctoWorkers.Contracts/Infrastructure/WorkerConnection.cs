namespace OctoWorkers;

/// <summary>How a worker is reached.</summary>
public abstract record WorkerConnection
{
    private protected WorkerConnection()
    {
    }

    /// <summary>The word that definitions use for this kind: <c>local</c>, <c>ssh</c>, <c>powershell</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// The POSIX shell that the runner starts in, a path or a name on the worker's PATH. Null: <c>sh</c>. A <see cref="PowerShellConnection"/> needs none.
    /// </summary>
    public string? Shell { get; init; }
}
