namespace OctoWorkers.PowerShell.Formatting;

/// <summary>How a worker is reached, in a few words. For the views of the module.</summary>
public static class ConnectionText
{
    /// <summary><c>local</c>, <c>ssh ana@web1:2222</c>.</summary>
    /// <param name="connection">The connection.</param>
    public static string Of(WorkerConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection is SshConnection ssh
            ? $"ssh {(ssh.User is null ? "" : ssh.User + "@")}{ssh.Host}{(ssh.Port is null ? "" : $":{ssh.Port}")}"
            : connection.Kind;
    }
}
