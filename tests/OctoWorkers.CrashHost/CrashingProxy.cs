using System.Reflection;
using System.Runtime.ExceptionServices;

namespace OctoWorkers.CrashHost;

/// <summary>Stands before a real store or channel, and dies at the crash point.</summary>
/// <remarks>Only calls that change something, here or on a worker, or that read output, are moments of interest; the others pass.</remarks>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class CrashingProxy : DispatchProxy
#pragma warning restore CA1852
{
    private static readonly HashSet<string> Interesting =
    [
        "CreateRunAsync", "ClaimRunAsync", "CommitAsync", "PlanAsync", "TryTakeSlotAsync", "EnterQueueAsync", "TakeNextSlotAsync", "ReleaseSlotAsync",
        "TakeLockAsync", "ReleaseLockAsync",
        "EnterRunAsync", "StartAsync", "TerminateAsync", "RemoveRunAsync",
    ];

    private object inner = null!;
    private CrashPoint point = null!;

    public static T Around<T>(T inner, CrashPoint point)
        where T : class
    {
        T proxy = Create<T, CrashingProxy>();
        CrashingProxy self = (CrashingProxy)(object)proxy;
        self.inner = inner;
        self.point = point;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!Interesting.Contains(targetMethod!.Name))
        {
            return Call(targetMethod, args);
        }

        int mine = point.Begin(targetMethod.Name);
        Task task = (Task)Call(targetMethod, args)!;
        Type result = targetMethod.ReturnType;
        return result == typeof(Task)
            ? AfterAsync(task, mine)
            : typeof(CrashingProxy).GetMethod(nameof(AfterWithResultAsync), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(result.GetGenericArguments()).Invoke(this, [task, mine]);
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(inner, args);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private async Task AfterAsync(Task task, int mine)
    {
        await task.ConfigureAwait(false);
        point.End(mine);
    }

    private async Task<T> AfterWithResultAsync<T>(Task task, int mine)
    {
        T result = await ((Task<T>)task).ConfigureAwait(false);
        point.End(mine);
        return result;
    }
}
