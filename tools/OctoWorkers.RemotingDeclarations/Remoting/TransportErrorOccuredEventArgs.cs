namespace System.Management.Automation.Remoting;

/// <summary>A failure of a transport.</summary>
public sealed class TransportErrorOccuredEventArgs : EventArgs
{
    /// <summary>Makes one.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="m">What the transport was doing.</param>
    public TransportErrorOccuredEventArgs(PSRemotingTransportException e, TransportMethodEnum m)
    {
        _ = e;
        _ = m;
    }
}
