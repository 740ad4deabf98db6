namespace System.Management.Automation.Remoting.Client;

/// <summary>The caller's side of the transport of a session.</summary>
public abstract class BaseClientSessionTransportManager : BaseClientTransportManager;
