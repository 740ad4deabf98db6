namespace OctoWorkers.Engine.Runs;

/// <summary>A run that waits for a task slot, and then has its turn.</summary>
internal sealed class SlotWaiter(RunRecord run, Action<SlotWaiter> turnEnded) : IDisposable
{
    private volatile bool isInLine;

    public RunRecord Run { get; } = run;

    public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the store knows that it waits.</summary>
    public bool IsInLine
    {
        get => isInLine;
        set => isInLine = value;
    }

    public void Dispose()
    {
        Granted.TrySetCanceled();
        turnEnded(this);
    }
}
