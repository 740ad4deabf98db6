using System.Reflection;
using System.Runtime.ExceptionServices;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Stands before a real store and counts what it is asked for.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class CountingStore : DispatchProxy
#pragma warning restore CA1852
{
    private IStore inner = null!;
    private int calls;

    /// <summary>How many calls there were.</summary>
    public int Calls => Volatile.Read(ref calls);

    public static (IStore Store, CountingStore Counter) Around(IStore inner)
    {
        IStore proxy = Create<IStore, CountingStore>();
        CountingStore self = (CountingStore)(object)proxy;
        self.inner = inner;
        return (proxy, self);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Interlocked.Increment(ref calls);
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
