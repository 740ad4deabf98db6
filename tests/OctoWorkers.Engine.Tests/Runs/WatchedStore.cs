using System.Reflection;
using System.Runtime.ExceptionServices;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Stands before a real store, counts what it is asked for, and can fail in ways that nobody foresaw.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class WatchedStore : DispatchProxy
#pragma warning restore CA1852
{
    private IStore inner = null!;
    private int calls;

    /// <summary>How many calls there were.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Called with the name of each method before it is called; what it throws, the caller gets.</summary>
    public Action<string>? Before { get; set; }

    public static (IStore Store, WatchedStore Watch) Around(IStore inner)
    {
        IStore proxy = Create<IStore, WatchedStore>();
        WatchedStore self = (WatchedStore)(object)proxy;
        self.inner = inner;
        return (proxy, self);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Interlocked.Increment(ref calls);
        Before?.Invoke(targetMethod!.Name);
        try
        {
            return targetMethod!.Invoke(inner, args);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
