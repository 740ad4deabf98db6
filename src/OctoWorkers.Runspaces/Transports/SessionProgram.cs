using System.Management.Automation.Runspaces;
using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>The program whose standard input and output lead to a PowerShell that serves a session.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Words">What it is started with.</param>
internal sealed record SessionProgram(string Name, IReadOnlyList<string> Words)
{
    /// <summary>An <c>ssh</c> client that asks for a subsystem.</summary>
    internal static SessionProgram Over(SshConnection connection, string subsystem) => new("ssh", SshArguments.For(connection, subsystem));

    /// <summary>The PowerShell whose engine this process uses, as a process of its own.</summary>
    internal static SessionProgram Here()
    {
        string home = Path.GetDirectoryName(typeof(Runspace).Assembly.Location)!;
        return new("pwsh", [Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"), "-s", "-NoLogo", "-NoProfile"]);
    }
}
