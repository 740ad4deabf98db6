namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a pool does beside its users: nobody waits for it before the pool's end.</summary>
internal sealed class PoolTasks
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _tasks = [];

    /// <summary>Does it.</summary>
    internal void Run(Func<Task> work)
    {
        Task task = Task.Run(work);
        lock (_gate)
        {
            _tasks.Add(task);
        }

        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Waits for what is being done.</summary>
    /// <returns>Whether there was anything.</returns>
    internal async Task<bool> EndAsync()
    {
        Task[] tasks;
        lock (_gate)
        {
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return tasks.Length > 0;
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }
}
