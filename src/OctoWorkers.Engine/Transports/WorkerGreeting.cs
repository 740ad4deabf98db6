namespace OctoWorkers.Engine.Transports;

/// <summary>What a worker says of itself when a channel is opened.</summary>
/// <param name="Runner">The runner that answered: <c>perl</c>, <c>sh</c>.</param>
/// <param name="OperatingSystem">As <c>uname -s</c> says: <c>Linux</c>.</param>
/// <param name="Machine">As <c>uname -m</c> says: <c>x86_64</c>.</param>
/// <param name="HostName">As <c>uname -n</c> says.</param>
/// <param name="User">The user that steps run as.</param>
/// <param name="Means">The strongest means it has to end a process tree.</param>
/// <param name="Capabilities">Interpreters found, by name; the value is a path.</param>
public sealed record WorkerGreeting(
    string Runner,
    string OperatingSystem,
    string Machine,
    string HostName,
    string User,
    TerminationMeans Means,
    IReadOnlyDictionary<string, string> Capabilities)
{
    /// <summary>Versions of what it has, by name, where it said all that it has; null: that is still to be looked for.</summary>
    public IReadOnlyDictionary<string, string>? Versions { get; init; }
}
