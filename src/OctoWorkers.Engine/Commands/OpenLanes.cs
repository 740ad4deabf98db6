namespace OctoWorkers.Engine.Commands;

/// <summary>The lanes that are open, and those that are being closed.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
internal sealed class OpenLanes<TInput>
{
    private readonly Dictionary<int, ICommandLane<TInput>> open = [];
    private readonly List<Task> closing = [];

    /// <summary>An open lane.</summary>
    internal ICommandLane<TInput> this[int lane] => open[lane];

    /// <summary>Adds one that was opened.</summary>
    internal void Add(int lane, ICommandLane<TInput> opened) => open[lane] = opened;

    /// <summary>Begins to close one, if it is open.</summary>
    internal void Close(int lane)
    {
        if (open.Remove(lane, out ICommandLane<TInput>? closed))
        {
            closing.RemoveAll(static task => task.IsCompletedSuccessfully);
            closing.Add(closed.DisposeAsync().AsTask());
        }
    }

    /// <summary>Closes all and waits for it.</summary>
    internal async Task CloseAllAsync()
    {
        foreach (int lane in open.Keys.ToArray())
        {
            Close(lane);
        }

        await Task.WhenAll(closing).ConfigureAwait(false);
    }
}
