namespace System.Management.Automation.Remoting;

/// <summary>What a transport was doing when it failed; the numbers are those of the real one.</summary>
public enum TransportMethodEnum
{
    /// <summary>Closing the session: it is closed after such a failure.</summary>
    CloseShellOperationEx = 4,
}
