
namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What it means when a session cannot be opened.</summary>
internal static class SessionFailure
{
    /// <summary>Whether an sshd dropped the connection before the login, as it does when too many come at once.</summary>
    internal static bool WasDropped(Exception failure)
        => Said(failure) is var said && (said.Contains("kex_exchange_identification", StringComparison.Ordinal)
            || said.Contains("Connection reset by", StringComparison.Ordinal)
            || said.Contains("Connection closed by", StringComparison.Ordinal));

    /// <summary>Whether the ssh client ended, and PowerShell does not know why.</summary>
    internal static bool IsSilent(Exception failure) => Said(failure).Contains("abruptly terminated", StringComparison.OrdinalIgnoreCase);

    /// <summary>The error for the worker's user.</summary>
    internal static OctoWorkersException Explain(string worker, PowerShellConnection connection, Exception failure)
    {
        string said = Said(failure);
        return failure.InnerException is { } silent && IsSilent(silent) && !said.Contains("subsystem request failed", StringComparison.OrdinalIgnoreCase)
            ? new(EngineError.WorkerUnavailable, $"Worker '{worker}': no PowerShell session could be opened. ssh said: {failure.Message}", worker, failure)
            : connection.Via is SshConnection && said.Contains("subsystem request failed", StringComparison.OrdinalIgnoreCase)
            ? new(
                EngineError.WorkerUnusable,
                $"Worker '{worker}': its sshd has no subsystem '{connection.Subsystem ?? PowerShellConnection.DefaultSubsystem}'. Add 'Subsystem powershell /path/of/pwsh -sshs -NoLogo -NoProfile' to its "
                + $"sshd_config, or use a connection of kind 'ssh'. It said: {said}", worker, failure)
            : connection.Via is SshConnection && said.Contains("abruptly terminated", StringComparison.OrdinalIgnoreCase)
                ? new(
                    EngineError.WorkerUnavailable,
                    $"Worker '{worker}': ssh ended before a session was open, without saying why. So it does where the sshd has no subsystem '{connection.Subsystem ?? PowerShellConnection.DefaultSubsystem}': "
                    + $"see that 'Subsystem powershell /path/of/pwsh -sshs -NoLogo -NoProfile' is in its sshd_config. It said: {said}", worker, failure)
            : IsAnswerOfOther(said)
                ? new(EngineError.WorkerUnusable, $"Worker '{worker}': what answers is no PowerShell that serves sessions. It said: {said}", worker, failure)
                : new(EngineError.WorkerUnavailable, $"Worker '{worker}': no PowerShell session could be opened. It said: {said}", worker, failure);
    }

    private static bool IsAnswerOfOther(string said)
        => said.Contains("PSRemotingTransport", StringComparison.Ordinal) || said.Contains("background process reported an error", StringComparison.OrdinalIgnoreCase)
            || said.Contains("command not found", StringComparison.OrdinalIgnoreCase) || said.Contains("No such file or directory", StringComparison.OrdinalIgnoreCase);

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
