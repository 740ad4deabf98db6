namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a session says of the PowerShell that it is in.</summary>
/// <param name="Version">The version of PowerShell: <c>7.6.5</c>.</param>
/// <param name="ProcessId">Its process on the worker.</param>
/// <param name="OperatingSystem">As <c>uname -s</c> says, or <c>Windows</c>.</param>
/// <param name="Machine">The kind of processor: <c>x86_64</c>.</param>
/// <param name="HostName">The machine's name.</param>
/// <param name="User">The user that it runs as.</param>
/// <param name="Program">The path of PowerShell there.</param>
public sealed record SessionGreeting(string Version, int ProcessId, string OperatingSystem, string Machine, string HostName, string User, string Program)
{
    /// <summary>The folder there in which programs keep their state.</summary>
    internal string StateHome { get; init; } = "";

    /// <summary>Whether its PowerShell has nothing more to compile when it has run something; otherwise it goes on with that for as long as opening a session takes.</summary>
    internal bool CompilesLate { get; init; }

    /// <summary>What the worker can bear.</summary>
    internal SessionRoom Room { get; init; } = SessionRoom.Unknown;
}
