namespace System.Management.Automation.Internal;

/// <summary>Exchanges the key of secure strings with the other side.</summary>
public abstract class PSRemotingCryptoHelper;
