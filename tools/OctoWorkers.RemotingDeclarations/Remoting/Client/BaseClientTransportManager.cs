namespace System.Management.Automation.Remoting.Client;

/// <summary>The caller's side of a transport.</summary>
public abstract class BaseClientTransportManager : BaseTransportManager
{
    /// <summary>Opens it.</summary>
    public abstract void CreateAsync();

    /// <summary>Closes it.</summary>
    public virtual void CloseAsync()
    {
    }
}
