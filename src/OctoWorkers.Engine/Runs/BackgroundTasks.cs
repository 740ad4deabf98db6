namespace OctoWorkers.Engine.Runs;

/// <summary>What a process does beside its callers, so that it can be waited for.</summary>
internal sealed class BackgroundTasks
{
    private readonly Lock gate = new();
    private readonly HashSet<Task> tasks = [];

    /// <summary>Begins a piece of work.</summary>
    public void Add(Func<Task> work)
    {
        lock (gate)
        {
            tasks.RemoveWhere(done => done.IsCompleted);
            tasks.Add(Task.Run(work));
        }
    }

    /// <summary>Waits until all work has ended, also what other work has begun meanwhile.</summary>
    public async Task EndAsync()
    {
        while (Unfinished() is { Length: > 0 } all)
        {
            await Task.WhenAll(all).ConfigureAwait(false);
        }
    }

    private Task[] Unfinished()
    {
        lock (gate)
        {
            return [.. tasks.Where(task => !task.IsCompleted)];
        }
    }
}
