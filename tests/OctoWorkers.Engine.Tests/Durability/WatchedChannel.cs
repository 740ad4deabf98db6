using System.Reflection;
using System.Runtime.ExceptionServices;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Stands before a real channel, and tells of every start before it goes to the worker.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class WatchedChannel : DispatchProxy
#pragma warning restore CA1852
{
    private IWorkerChannel inner = null!;
    private Action<AttemptStart> starting = null!;

    public static IWorkerChannel Around(IWorkerChannel inner, Action<AttemptStart> starting)
    {
        IWorkerChannel proxy = Create<IWorkerChannel, WatchedChannel>();
        WatchedChannel self = (WatchedChannel)(object)proxy;
        self.inner = inner;
        self.starting = starting;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IWorkerChannel.StartAsync))
        {
            starting((AttemptStart)args![0]!);
        }

        try
        {
            return targetMethod.Invoke(inner, args);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
