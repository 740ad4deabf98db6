using System.Globalization;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What is known when a session that is being opened does not answer, and what to look after: whole sentences.</summary>
internal static class OpeningSilence
{
    /// <summary>Nobody was asked yet.</summary>
    internal const string Before = "It waited for its turn: an sshd admits few logins at once, and others were under way. Try again, or open fewer at once ('MaxSessions').";

    /// <summary>It was asked for.</summary>
    /// <param name="connection">How.</param>
    /// <param name="said">What came back and was no message of PowerShell.</param>
    /// <param name="hasAnswered">Whether a PowerShell has begun to answer.</param>
    internal static string Of(PowerShellConnection connection, string said, bool hasAnswered)
    {
        string came = (hasAnswered ? "a PowerShell began to answer and stopped" : "no PowerShell answered") + (said.Length > 0 ? $". It said: '{OneLine(said)}'." : ", nor did anything else come.");
        return connection.Via switch
        {
            SshConnection ssh => $"ssh asked '{ssh.Host}' for the subsystem '{SubsystemOf(connection)}', and {came} Check that 'ssh {ssh.Host}' logs in without asking for anything, "
                + $"and that 'Subsystem {SubsystemOf(connection)} /path/of/pwsh -sshs -NoLogo -NoProfile' is in the worker's sshd_config. "
                + "For ssh's own words on a machine that does not answer at all, set 'ConnectTimeout' in the ssh configuration.",
            WinRmConnection winRm => $"WinRM was asked for it on '{winRm.ComputerName}' at port {PortOf(winRm)}, and {came} Check it there with 'Get-Service WinRM', and from here with 'Test-WSMan {winRm.ComputerName}'.",
            _ => $"'{SessionProgram.HerePath}' was started on this machine, and {came} Check that '{SessionProgram.HerePath} -NoProfile -Command 1' ends.",
        };
    }

    /// <summary>It was opened, and then nothing came.</summary>
    /// <param name="greeting">What it had said of itself; null: nothing.</param>
    internal static string After(SessionGreeting? greeting)
        => greeting is null
            ? "Its PowerShell opened the session, and did not say then what it is. Check how busy the machine is, and what its process 'pwsh' waits for."
            : $"Its PowerShell {greeting.Version} (process {greeting.ProcessId} on '{greeting.HostName}') opened the session and stopped answering while it was made ready. "
                + "Check how busy the machine is, and what that process waits for.";

    private static string SubsystemOf(PowerShellConnection connection) => connection.Subsystem ?? PowerShellConnection.DefaultSubsystem;

    private static string PortOf(WinRmConnection connection) => (connection.Port ?? (connection.UseSsl ? 5986 : 5985)).ToString(CultureInfo.InvariantCulture);

    private static string OneLine(string said) => string.Join(' ', said.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
