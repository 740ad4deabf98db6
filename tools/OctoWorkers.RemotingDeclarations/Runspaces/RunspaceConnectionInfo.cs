using System.Management.Automation.Internal;
using System.Management.Automation.Remoting.Client;

namespace System.Management.Automation.Runspaces;

/// <summary>How a session is reached.</summary>
public abstract class RunspaceConnectionInfo
{
    /// <summary>The machine's name.</summary>
    public abstract string ComputerName { get; set; }

    /// <summary>The user; null: none is named.</summary>
    public abstract PSCredential? Credential { get; set; }

    /// <summary>How the user shows who he is.</summary>
    public abstract AuthenticationMechanism AuthenticationMechanism { get; set; }

    /// <summary>The certificate that does so.</summary>
    public abstract string CertificateThumbprint { get; set; }

    /// <summary>Makes the transport of one session.</summary>
    /// <param name="instanceId">The session.</param>
    /// <param name="sessionName">Its name.</param>
    /// <param name="cryptoHelper">Exchanges keys.</param>
    public virtual BaseClientSessionTransportManager CreateClientSessionTransportManager(Guid instanceId, string sessionName, PSRemotingCryptoHelper cryptoHelper)
        => throw new NotSupportedException();

    /// <summary>A copy.</summary>
    public virtual RunspaceConnectionInfo Clone() => throw new NotSupportedException();
}
