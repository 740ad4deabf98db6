using System.Management.Automation.Internal;

namespace System.Management.Automation.Remoting.Client;

/// <summary>The same, for lines of text that go there and back.</summary>
public abstract class ClientSessionTransportManagerBase : BaseClientSessionTransportManager
{
    /// <summary>Makes one.</summary>
    /// <param name="runspaceId">The session.</param>
    /// <param name="cryptoHelper">Exchanges keys.</param>
    protected ClientSessionTransportManagerBase(Guid runspaceId, PSRemotingCryptoHelper cryptoHelper)
    {
        _ = runspaceId;
        _ = cryptoHelper;
    }

    /// <inheritdoc/>
    public override void CloseAsync()
    {
    }

    /// <summary>Called when the other side has confirmed the closing.</summary>
    protected abstract void CleanupConnection();

    /// <summary>Takes a line that came.</summary>
    /// <param name="data">The line.</param>
    protected void HandleOutputDataReceived(string data) => throw new NotSupportedException();

    /// <summary>Writes the first thing to be sent, if there is one already.</summary>
    protected void SendOneItem() => throw new NotSupportedException();

    /// <summary>Names where lines are written to.</summary>
    /// <param name="textWriter">Takes a line at a time.</param>
    protected void SetMessageWriter(TextWriter textWriter) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
    }
}
