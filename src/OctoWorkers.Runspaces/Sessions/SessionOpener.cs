using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using Microsoft.PowerShell.Commands;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Opens sessions, each way as PowerShell itself does.</summary>
internal sealed class SessionOpener(ISecretProtector secrets)
{
    private static readonly Lazy<TypeTable> Types = new(TypeTable.LoadDefaultTypeFiles);

    /// <summary>Opens one.</summary>
    /// <exception cref="RuntimeException">PowerShell's own words of why it could not be opened.</exception>
    internal Task<OpenedRunspace> OpenAsync(PowerShellConnection connection, CancellationToken cancellationToken) => connection.Via switch
    {
        SshConnection ssh => OverSshAsync(ssh, connection.Subsystem ?? PowerShellConnection.DefaultSubsystem, cancellationToken),
        WinRmConnection winRm => OpenedAsync(RunspaceFactory.CreateRunspace(OverWinRm(winRm), null, Types.Value), cancellationToken),
        _ => OpenedAsync(RunspaceFactory.CreateOutOfProcessRunspace(Types.Value), cancellationToken),
    };

    private static async Task<OpenedRunspace> OpenedAsync(Runspace runspace, CancellationToken cancellationToken)
    {
        try
        {
            await RunspaceStates.OpenAsync(runspace, cancellationToken).ConfigureAwait(false);
            return new(runspace, null);
        }
        catch
        {
            await RunspaceStates.CloseAsync(runspace, OpenedRunspace.Patience).ConfigureAwait(false);
            throw;
        }
    }

    // The class of such connections is not one to compile against, but the cmdlet that makes them is: a runspace with nothing but it costs a millisecond.
    private static async Task<OpenedRunspace> OverSshAsync(SshConnection connection, string subsystem, CancellationToken cancellationToken)
    {
        Hashtable options = await SshOptions.ForAsync(connection, cancellationToken).ConfigureAwait(false);
        InitialSessionState state = InitialSessionState.Create();
        state.Commands.Add(new SessionStateCmdletEntry("New-PSSession", typeof(NewPSSessionCommand), null));
        Runspace local = RunspaceFactory.CreateRunspace(state);
        local.Open();
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = local;
        shell.AddCommand("New-PSSession").AddParameter("HostName", connection.Host).AddParameter("Subsystem", subsystem).AddParameter("Options", options)
            .AddParameter("ErrorAction", ActionPreference.Stop);
        if (connection.Port is { } port)
        {
            shell.AddParameter("Port", port);
        }

        if (connection.User is { } user)
        {
            shell.AddParameter("UserName", user);
        }

        if (connection.IdentityFile is { } key)
        {
            // The parameter for it looks for the file through a provider, and this runspace has none.
            options["IdentityFile"] = key;
        }

        using CancellationTokenRegistration stopping = cancellationToken.Register(() => shell.BeginStop(shell.EndStop, null));
        try
        {
            PSDataCollection<PSObject> opened = await Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke).ConfigureAwait(false);
            return new(((PSSession)opened[0].BaseObject).Runspace, local);
        }
        catch (Exception failure)
        {
            local.Dispose();
            if (failure is PipelineStoppedException && cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            throw;
        }
    }

    private WSManConnectionInfo OverWinRm(WinRmConnection connection)
    {
        string shell = "http://schemas.microsoft.com/powershell/" + (connection.ConfigurationName ?? "Microsoft.PowerShell");
        return new(connection.UseSsl, connection.ComputerName, connection.Port ?? (connection.UseSsl ? 5986 : 5985), "/wsman", shell, Credential(connection))
        {
            AuthenticationMechanism = connection.Authentication switch
            {
                WinRmAuthentication.Basic => AuthenticationMechanism.Basic,
                WinRmAuthentication.Negotiate => AuthenticationMechanism.Negotiate,
                WinRmAuthentication.Kerberos => AuthenticationMechanism.Kerberos,
                WinRmAuthentication.CredSsp => AuthenticationMechanism.Credssp,
                _ => AuthenticationMechanism.Default,
            },
            // What is not taken in time is not dropped: the worker waits.
            OutputBufferingMode = OutputBufferingMode.Block,
        };
    }

    private PSCredential? Credential(WinRmConnection connection)
    {
        if (connection.User is null)
        {
            return null;
        }

        SecureString password = new();
        foreach (char character in connection.Password is { } sealedText ? secrets.Open(sealedText) : "")
        {
            password.AppendChar(character);
        }

        password.MakeReadOnly();
        return new(connection.User, password);
    }
}
