using System.Runtime.CompilerServices;

namespace OctoWorkers.Engine.Compilation;

/// <summary>
/// For asynchronous methods that return an object and are on the way of every run. What drives such a method is generic over its result; for results that are
/// objects the ahead compiler leaves it out, and each method would cost the start of a command half a dozen compilations. Here the method is driven as one without
/// a result, which is compiled ahead, and the result goes beside it. For use with <see cref="AsyncMethodBuilderAttribute"/>.
/// </summary>
/// <typeparam name="T">The result.</typeparam>
internal struct AheadMethodBuilder<T>
{
    private AsyncTaskMethodBuilder driver;
    private TaskCompletionSource<T>? awaited;
    private Task<T>? completed;

    /// <summary>The task of the method; asked for once, when it has been started.</summary>
    public readonly Task<T> Task => awaited?.Task ?? completed!;

    public static AheadMethodBuilder<T> Create() => new() { driver = AsyncTaskMethodBuilder.Create() };

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
        => driver.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => driver.SetStateMachine(stateMachine);

    public void SetResult(T result)
    {
        if (awaited is null)
        {
            completed = System.Threading.Tasks.Task.FromResult(result);
            return;
        }

        driver.SetResult();
        awaited.SetResult(result);
    }

    public void SetException(Exception exception)
    {
        if (awaited is null)
        {
            TaskCompletionSource<T> failed = new();
            Fail(failed, exception);
            completed = failed.Task;
            return;
        }

        driver.SetResult();
        Fail(awaited, exception);
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        // Before the method's state moves to the heap, so that both copies know it.
        awaited ??= new();
        driver.AwaitOnCompleted(ref awaiter, ref stateMachine);
    }

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        awaited ??= new();
        driver.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
    }

    private static void Fail(TaskCompletionSource<T> task, Exception exception)
    {
        if (exception is OperationCanceledException canceled)
        {
            task.SetCanceled(canceled.CancellationToken);
        }
        else
        {
            task.SetException(exception);
        }
    }
}
