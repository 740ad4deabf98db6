namespace OctoWorkers.TestKit.Processes;

/// <summary>
/// The life of a process that is only played: when it has ended, none of its calls has an effect any more, and none of those under way ever returns to it, as after
/// <c>kill -9</c>.
/// </summary>
public sealed class ProcessLife
{
    private readonly TaskCompletionSource never = new();
    private volatile bool hasEnded;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => hasEnded;

    /// <summary>Ends it.</summary>
    public void End() => hasEnded = true;

    /// <summary>A call of the process: never comes back once it has ended.</summary>
    /// <param name="call">The call.</param>
    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        await OutliveAsync().ConfigureAwait(false);
        Task<T> task = call();
        await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await OutliveAsync().ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    private Task OutliveAsync() => hasEnded ? never.Task : Task.CompletedTask;
}
