namespace System.Management.Automation.Runspaces;

/// <summary>How a user shows who he is.</summary>
public enum AuthenticationMechanism
{
    /// <summary>As the transport does by itself.</summary>
    Default = 0,
}
