namespace System.Management.Automation.Remoting;

/// <summary>A transport failed.</summary>
/// <param name="message">How.</param>
public class PSRemotingTransportException(string message) : RuntimeException(message);
