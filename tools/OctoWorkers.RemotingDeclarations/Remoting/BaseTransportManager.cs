namespace System.Management.Automation.Remoting;

/// <summary>What all transports have.</summary>
public abstract class BaseTransportManager : IDisposable
{
    /// <summary>Tells PowerShell of a failure.</summary>
    /// <param name="eventArgs">The failure.</param>
    public virtual void RaiseErrorHandler(TransportErrorOccuredEventArgs eventArgs)
    {
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of it.</summary>
    /// <param name="isDisposing">Whether it is no finalizer that calls.</param>
    protected virtual void Dispose(bool isDisposing)
    {
    }
}
