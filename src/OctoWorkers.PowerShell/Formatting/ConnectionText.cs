namespace OctoWorkers.PowerShell.Formatting;

/// <summary>How a worker is reached, in a few words. For the views of the module.</summary>
public static class ConnectionText
{
    /// <summary><c>local</c>, <c>ssh ana@web1:2222</c>, <c>powershell ssh web1</c>, <c>powershell winrm EXAMPLE\ana@web2</c>.</summary>
    /// <param name="connection">The connection.</param>
    public static string Of(WorkerConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection switch
        {
            SshConnection ssh => $"ssh {Machine(ssh.User, ssh.Host, ssh.Port)}",
            WinRmConnection winRm => $"winrm {Machine(winRm.User, winRm.ComputerName, winRm.Port)}",
            PowerShellConnection powerShell => $"{powerShell.Kind} {Of(powerShell.Via)}",
            _ => connection.Kind,
        };
    }

    private static string Machine(string? user, string name, int? port) => $"{(user is null ? "" : user + "@")}{name}{(port is null ? "" : $":{port}")}";
}
