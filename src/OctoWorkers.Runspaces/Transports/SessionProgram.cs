using System.Management.Automation.Runspaces;
using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>The program whose standard input and output lead to a PowerShell that serves a session.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Words">What it is started with.</param>
internal sealed record SessionProgram(string Name, IReadOnlyList<string> Words)
{
    /// <summary>What its environment has besides, unless it is set there already.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>An <c>ssh</c> client that asks for a subsystem.</summary>
    internal static SessionProgram Over(SshConnection connection, string subsystem) => new("ssh", SshArguments.For(connection, subsystem));

    /// <summary>The PowerShell whose engine this process uses.</summary>
    internal static string HerePath => Path.Combine(Path.GetDirectoryName(typeof(Runspace).Assembly.Location)!, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

    /// <summary>The PowerShell whose engine this process uses, as a process of its own.</summary>
    /// <param name="isForOneScript">
    /// Whether it runs a script, or those of a run, and is ended. .NET compiles methods anew that were called 30 times: such a process went on with that for as long as it takes to open one, beside those that
    /// came after it. It waits for 32,768 calls, so that long work gets there all the same. The session takes that out of its environment, since it is not for what the script starts.
    /// </param>
    internal static SessionProgram Here(bool isForOneScript)
    {
        return new("pwsh", [HerePath, "-s", "-NoLogo", "-NoProfile"])
        {
            Environment = isForOneScript ? new Dictionary<string, string> { ["DOTNET_TC_CallCountThreshold"] = "8000" } : new Dictionary<string, string>(),
        };
    }
}
