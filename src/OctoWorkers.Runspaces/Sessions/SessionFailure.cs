using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What it means when a session cannot be opened.</summary>
internal static class SessionFailure
{
    // With this code ssh ends for reasons of its own; otherwise it ends with the code of what it has started.
    private const string OwnEnd = "ssh ended with exit code 255";

    /// <summary>Whether the connection was dropped, as an sshd does before the login when too many come at once, or when it is restarted.</summary>
    internal static bool WasDropped(Exception failure)
        => Said(failure) is var said && (said.Contains("kex_exchange_identification", StringComparison.Ordinal)
            || said.Contains("Connection reset by", StringComparison.Ordinal)
            || said.Contains("Connection closed by", StringComparison.Ordinal) || said.Contains("closed by remote host", StringComparison.Ordinal));

    /// <summary>The error for the worker's user.</summary>
    internal static OctoWorkersException Explain(MachineName worker, PowerShellConnection connection, Exception failure)
    {
        string said = Said(failure).TrimEnd('.') + ".";
        string subsystem = connection.Subsystem ?? PowerShellConnection.DefaultSubsystem;
        return connection.Via is not SshConnection || !said.Contains("ssh ended", StringComparison.Ordinal)
            ? new(EngineError.WorkerUnavailable, $"{worker}: no PowerShell session could be opened. It said: {said}", worker.Name, failure)
            : said.Contains("subsystem request failed", StringComparison.OrdinalIgnoreCase)
            ? new(
                EngineError.WorkerUnusable,
                $"{worker}: its sshd has no subsystem '{subsystem}'. Add 'Subsystem {subsystem} /path/of/pwsh -sshs -NoLogo -NoProfile' to its "
                + $"sshd_config. Only steps can go without, over a connection of kind 'ssh'. It said: {said}", worker.Name, failure)
            : said.Contains(OwnEnd, StringComparison.Ordinal)
            ? new(EngineError.WorkerUnavailable, $"{worker}: no PowerShell session could be opened. {said}", worker.Name, failure)
            : new(
                EngineError.WorkerUnusable,
                $"{worker}: what answers is no PowerShell that serves sessions. See that 'Subsystem {subsystem} /path/of/pwsh -sshs -NoLogo -NoProfile' is in its sshd_config. It said: {said}",
                worker.Name, failure);
    }

    /// <summary>What a failure says, in one line.</summary>
    internal static string Said(Exception failure)
    {
        List<string> messages = [];
        for (Exception? current = failure; current is not null; current = current.InnerException)
        {
            string message = string.Join(' ', current.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            if (!messages.Exists(known => known.Contains(message, StringComparison.Ordinal)))
            {
                messages.Add(message);
            }
        }

        return string.Join(' ', messages);
    }
}
