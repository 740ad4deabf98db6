using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using OctoWorkers.Engine.Journal;
using OctoWorkers.TestKit.Processes;

namespace OctoWorkers.Model.Tests.World;

/// <summary>The store as a played process sees it: after the process's death nothing of it comes there any more, and its locks are let go.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class MortalStore : DispatchProxy
#pragma warning restore CA1852
{
    private static readonly MethodInfo LivingMethod = typeof(MortalStore).GetMethod(nameof(LivingAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly ConcurrentDictionary<MethodInfo, (MethodInvoker Call, MethodInvoker? Living)> Invokers = [];

    private readonly List<IDisposable> held = [];
    private IStore inner = null!;
    private ProcessLife life = null!;
    private EngineId? engine;

    public static IStore Around(IStore inner, ProcessLife life)
    {
        IStore proxy = Create<IStore, MortalStore>();
        MortalStore self = (MortalStore)(object)proxy;
        self.inner = inner;
        self.life = life;
        return proxy;
    }

    /// <summary>Lets the locks of the process go, as the kernel does at its death.</summary>
    public static void LetGo(IStore proxy)
    {
        MortalStore self = (MortalStore)(object)proxy;
        lock (self.held)
        {
            self.held.ForEach(one => one.Dispose());
            self.held.Clear();
        }
    }

    /// <summary>What the process calls itself.</summary>
    public static EngineId EngineOf(IStore proxy) => ((MortalStore)(object)proxy).engine!.Value;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Type result = targetMethod!.ReturnType;
        if (result == typeof(Task))
        {
            return life.CallAsync(async () =>
            {
                await ((Task)Call(targetMethod, args)!).ConfigureAwait(false);
                return true;
            });
        }

        if (InvokersOf(targetMethod).Living is { } living)
        {
            return living.Invoke(this, targetMethod, args);
        }

        if (life.HasEnded)
        {
            throw new InvalidOperationException("The process has died.");
        }

        engine ??= targetMethod.Name == nameof(IStore.Register) ? (EngineId)args![0]! : null;
        object? value = Call(targetMethod, args);
        if (value is IDisposable one)
        {
            lock (held)
            {
                held.Add(one);
            }
        }

        return value;
    }

    private Task<T> LivingAsync<T>(MethodInfo method, object?[]? args) => life.CallAsync(() => (Task<T>)Call(method, args)!);

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return InvokersOf(method).Call.Invoke(inner, args ?? []);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    // Looked up once: a scenario calls the store some thousand times.
    private static (MethodInvoker Call, MethodInvoker? Living) InvokersOf(MethodInfo method) => Invokers.GetOrAdd(method, static method => (
        MethodInvoker.Create(method),
        method.ReturnType is { IsGenericType: true } result && result.GetGenericTypeDefinition() == typeof(Task<>)
            ? MethodInvoker.Create(LivingMethod.MakeGenericMethod(result.GetGenericArguments()))
            : null));
}
