using System.Globalization;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary>How a machine is reached, in lines for people. Of a password only that there is one.</summary>
internal static class ConnectionFacts
{
    internal static IEnumerable<(string, Cell)> Of(WorkerConnection connection) =>
    [
        ("Address", WorkerListCommand.Address(connection)),
        .. connection switch
        {
            SshConnection ssh => [.. Ssh(ssh), ("Shell", connection.Shell ?? "sh")],
            PowerShellConnection powerShell => Of(powerShell),
            _ => (IEnumerable<(string, Cell)>)[("Shell", connection.Shell ?? "sh")],
        },
    ];

    private static IEnumerable<(string, Cell)> Of(PowerShellConnection connection)
    {
        yield return ("Sessions", connection.Via switch
        {
            SshConnection => $"PowerShell over ssh, subsystem '{connection.Subsystem ?? PowerShellConnection.DefaultSubsystem}'",
            WinRmConnection => "PowerShell over WinRM",
            _ => "PowerShell in processes of this machine",
        });
        yield return ("Sessions at once", connection.MaxSessions is { } most ? string.Create(CultureInfo.InvariantCulture, $"at most {most}") : "as many as usual");
        foreach ((string, Cell) fact in connection.Via switch { SshConnection ssh => Ssh(ssh), WinRmConnection winRm => WinRm(winRm), _ => [] })
        {
            yield return fact;
        }
    }

    private static IEnumerable<(string, Cell)> Ssh(SshConnection ssh)
    {
        yield return ("Identity file", ssh.IdentityFile);
        yield return ("ssh configuration", ssh.ConfigurationFile);
        yield return ("Host keys", ssh.HostKeyPolicy.ToString());
    }

    private static IEnumerable<(string, Cell)> WinRm(WinRmConnection winRm)
    {
        yield return ("TLS", winRm.UseSsl ? "yes" : "no");
        yield return ("Authentication", winRm.Authentication.ToString());
        yield return ("Configuration", winRm.ConfigurationName);
        yield return ("Password", winRm.Password is null ? null : "********");
    }
}
