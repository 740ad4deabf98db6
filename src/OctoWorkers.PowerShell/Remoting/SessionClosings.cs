namespace OctoWorkers.PowerShell.Remoting;

/// <summary>
/// Sessions that are being closed, or given back. Who has its results does not wait for that; who leaves the process does, for a limited time: one whose
/// PowerShell does not answer takes some seconds to be ended.
/// </summary>
internal sealed class SessionClosings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly HashSet<Task> under = [];

    /// <summary>Goes on with closing.</summary>
    internal void Add(Task closing)
    {
        lock (gate)
        {
            under.RemoveWhere(static task => task.IsCompleted);
            under.Add(closing);
        }
    }

    /// <summary>Waits for those under way.</summary>
    internal async Task WaitAsync()
    {
        Task[] left;
        lock (gate)
        {
            left = [.. under];
        }

        await Task.WhenAll(left).WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
