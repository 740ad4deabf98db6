using System.Globalization;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>What an <c>ssh</c> client is started with.</summary>
internal static class SshArguments
{
    /// <summary>
    /// The whole command. What the connection leaves open is left to the user's configuration, which is never overridden except to forbid
    /// prompts, a terminal, a command and forwardings of its own, and to notice a dead connection within a minute. How long connecting may take is left to it too: who
    /// opens a channel or a session bounds that anyway, and an option here would override a <c>ConnectTimeout</c> of the user's.
    /// </summary>
    internal static IReadOnlyList<string> For(SshConnection connection)
        => [.. Options(connection), "--", connection.Host, "exec " + Quoted(connection.Shell ?? "sh")];

    /// <summary>The same for a subsystem of the sshd.</summary>
    internal static IReadOnlyList<string> For(SshConnection connection, string subsystem)
        => [.. Options(connection), "-s", "--", connection.Host, subsystem];

    private static List<string> Options(SshConnection connection)
    {
        List<string> words =
        [
            "ssh", "-T", "-o", "BatchMode=yes", "-o", "RemoteCommand=none", "-o", "ClearAllForwardings=yes",
            "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4",
        ];
        if (connection.ConfigurationFile is { } file)
        {
            words.AddRange(["-F", file]);
        }

        if (connection.Port is { } port)
        {
            words.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        }

        if (connection.User is { } user)
        {
            words.AddRange(["-l", user]);
        }

        if (connection.IdentityFile is { } key)
        {
            words.AddRange(["-i", key]);
        }

        if (connection.HostKeyPolicy != HostKeyPolicy.FromConfiguration)
        {
            words.AddRange(["-o", connection.HostKeyPolicy == HostKeyPolicy.Strict ? "StrictHostKeyChecking=yes" : "StrictHostKeyChecking=accept-new"]);
        }

        return words;
    }

    /// <summary>Tells machines apart as far as the arguments do.</summary>
    internal static string Destination(SshConnection connection)
        => string.Create(CultureInfo.InvariantCulture, $"{connection.ConfigurationFile}\0{connection.Host}\0{connection.Port ?? 0}");

    /// <summary>The login shell there reads it, and need not be a POSIX one: a plain name stays as it is.</summary>
    private static string Quoted(string shell)
        => shell.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+') ? shell : "'" + shell.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
