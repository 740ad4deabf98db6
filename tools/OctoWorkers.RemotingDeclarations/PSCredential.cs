namespace System.Management.Automation;

/// <summary>A user's name and password.</summary>
public sealed class PSCredential
{
    private PSCredential()
    {
    }
}
