using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Security;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Opens sessions: by WinRM as PowerShell does, otherwise through a program whose pipes lead to one.</summary>
internal sealed class SessionOpener(ISecretProtector secrets)
{
    private static readonly Lazy<TypeTable> Types = new(TypeTable.LoadDefaultTypeFiles);

    /// <summary>Opens one.</summary>
    /// <param name="worker">The worker's name: what the session is called where somebody types in it.</param>
    /// <param name="connection">How it is reached.</param>
    /// <param name="use">What it is opened for.</param>
    /// <param name="host">What is written and asked for there goes to it; null: nowhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuntimeException">PowerShell's own words of why it could not be opened.</exception>
    /// <exception cref="OpeningGivenUpException">It was given up.</exception>
    internal Task<OpenedRunspace> OpenAsync(string worker, PowerShellConnection connection, SessionUse use, PSHost? host, CancellationToken cancellationToken) => connection.Via switch
    {
        SshConnection ssh => OpenedAsync(SessionProgram.Over(ssh, connection.Subsystem ?? PowerShellConnection.DefaultSubsystem), worker, connection, host, cancellationToken),
        WinRmConnection winRm => OpenedAsync(
            new(RunspaceFactory.CreateRunspace(OverWinRm(winRm), host, Types.Value), null), () => OpeningSilence.Of(connection, "", hasAnswered: false), cancellationToken),
        _ => OpenedAsync(SessionProgram.Here(isForOneScript: use == SessionUse.Step), worker, connection, host, cancellationToken),
    };

    private static Task<OpenedRunspace> OpenedAsync(SessionProgram program, string worker, PowerShellConnection connection, PSHost? host, CancellationToken cancellationToken)
    {
        ProcessConnectionInfo way = new(program) { ComputerName = worker };

        // Two assemblies declare the class that it is derived from; when it runs, they are one.
        Runspace runspace = RunspaceFactory.CreateRunspace((RunspaceConnectionInfo)(object)way, host, Types.Value);
        return OpenedAsync(new(runspace, way.Abort), () => OpeningSilence.Of(connection, way.Said, way.HasAnswered), cancellationToken);
    }

    private static async Task<OpenedRunspace> OpenedAsync(OpenedRunspace opened, Func<string> silence, CancellationToken cancellationToken)
    {
        try
        {
            await RunspaceStates.OpenAsync(opened.Remote, cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch (OperationCanceledException givenUp)
        {
            string found = silence();
            await opened.GiveUpAsync().ConfigureAwait(false);
            throw new OpeningGivenUpException(found, givenUp);
        }
        catch
        {
            await opened.CloseAsync().ConfigureAwait(false);
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
