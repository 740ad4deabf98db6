extern alias Remoting;

using Remoting::System.Management.Automation;
using Remoting::System.Management.Automation.Internal;
using Remoting::System.Management.Automation.Remoting.Client;
using Remoting::System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>How PowerShell is told to reach one session: through a program of this machine. It is used once.</summary>
internal sealed class ProcessConnectionInfo(SessionProgram program) : RunspaceConnectionInfo
{
    private volatile ProcessTransport? _transport;

    /// <summary>Lets no more come than is taken.</summary>
    internal SessionFlow Flow { get; } = new();

    /// <inheritdoc/>
    public override string ComputerName { get; set; } = program.Name;

    /// <inheritdoc/>
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    public override AuthenticationMechanism AuthenticationMechanism { get; set; }

    /// <inheritdoc/>
    public override string CertificateThumbprint { get; set; } = "";

    /// <inheritdoc/>
    public override BaseClientSessionTransportManager CreateClientSessionTransportManager(Guid instanceId, string sessionName, PSRemotingCryptoHelper cryptoHelper)
    {
        ProcessTransport transport = new(program, Flow, instanceId, cryptoHelper);
        _transport = transport;
        return transport;
    }

    /// <summary>Itself: nothing in it changes, and who made it wants to end what comes of it.</summary>
    public override RunspaceConnectionInfo Clone() => this;

    /// <summary>Ends the program, whatever the session does.</summary>
    internal void Abort() => _transport?.Abort();

    /// <summary>Whether a PowerShell has begun to answer.</summary>
    internal bool HasAnswered => _transport?.HasAnswered == true;

    /// <summary>The last that the program wrote and was no message of PowerShell.</summary>
    internal string Said => _transport?.Said ?? "";
}
