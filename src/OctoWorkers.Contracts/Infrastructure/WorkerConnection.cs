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

    /// <summary>The way in a few words: <c>local</c>, <c>ssh ana@web1:2222</c>, <c>powershell ssh web1</c>, <c>powershell winrm EXAMPLE\ana@web2</c>. Never a password.</summary>
    public sealed override string ToString() => Address is { } address ? $"{Kind} {address}" : Kind;

    /// <summary>Where it leads, in a few words; null: nowhere but here.</summary>
    private protected virtual string? Address => null;

    /// <summary>A machine as people write one: <c>ana@web1:2222</c>.</summary>
    private protected static string Machine(string? user, string name, int? port) => $"{(user is null ? "" : user + "@")}{name}{(port is null ? "" : $":{port}")}";
}
