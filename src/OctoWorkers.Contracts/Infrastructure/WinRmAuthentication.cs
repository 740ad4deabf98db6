namespace OctoWorkers;

/// <summary>How WinRM authenticates a user; the words are PowerShell's own (<c>New-PSSession -Authentication</c>).</summary>
public enum WinRmAuthentication
{
    /// <summary>As both machines agree.</summary>
    Default,
    /// <summary>User name and password; only over TLS.</summary>
    Basic,
    /// <summary>Kerberos, or NTLM where there is none.</summary>
    Negotiate,
    /// <summary>Kerberos.</summary>
    Kerberos,
    /// <summary>The credential is handed on to the machine.</summary>
    CredSsp,
}
