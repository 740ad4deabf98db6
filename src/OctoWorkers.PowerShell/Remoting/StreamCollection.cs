using System.Management.Automation;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Hands each item on instead of keeping it.</summary>
/// <typeparam name="T">The kind of item.</typeparam>
internal sealed class StreamCollection<T> : PSDataCollection<T>
{
    /// <summary>Makes one.</summary>
    /// <param name="receive">Gets each item, in order, on the thread that reads from the worker.</param>
    internal StreamCollection(Action<T> receive)
        => DataAdded += (_, _) =>
        {
            foreach (T item in ReadAll())
            {
                receive(item);
            }
        };
}
