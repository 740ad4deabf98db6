using System.Reflection;
using System.Runtime.ExceptionServices;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Stands before a real store, and refuses every write from the n-th on.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class FailingStore : DispatchProxy
#pragma warning restore CA1852
{
    private static readonly HashSet<string> Writes =
    [
        "CreateRunAsync", "ClaimRunAsync", "ReleaseRunAsync", "CommitAsync", "PlanAsync", "TryTakeSlotAsync", "ReleaseSlotAsync",
        "EnterQueueAsync", "SetWaitsAsync", "RequestCancelAsync", "AddPendingCleanupAsync", "ClearPendingCleanupAsync", "SetWorkerHealthAsync",
    ];

    private IStore inner = null!;
    private EngineError error;
    private int allowed;
    private int count;

    /// <summary>How many writes were asked for.</summary>
    public int Count => count;

    /// <param name="inner">The real store.</param>
    /// <param name="allowed">How many writes it lets pass.</param>
    /// <param name="error">What it says to the others.</param>
    public static IStore Around(IStore inner, int allowed, EngineError error)
    {
        IStore proxy = Create<IStore, FailingStore>();
        FailingStore self = (FailingStore)(object)proxy;
        self.inner = inner;
        self.allowed = allowed;
        self.error = error;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Writes.Contains(targetMethod!.Name) && Interlocked.Increment(ref count) > allowed)
        {
            OctoWorkersException refusal = new(error, $"The store refused {targetMethod.Name}.");
            Type result = targetMethod.ReturnType;
            return result == typeof(Task)
                ? Task.FromException(refusal)
                : typeof(Task).GetMethod(nameof(Task.FromException), 1, [typeof(Exception)])!
                    .MakeGenericMethod(result.GetGenericArguments()).Invoke(null, [refusal]);
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
