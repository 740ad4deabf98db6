namespace System.Management.Automation;

/// <summary>A failure that scripts see.</summary>
public class RuntimeException(string message) : SystemException(message);
