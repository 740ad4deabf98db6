namespace OctoWorkers.Engine.Runs;

/// <summary>A run's place in the queue for a task slot, and then its turn, which ends when this is disposed.</summary>
internal sealed class SlotWaiter(RunRecord run) : IDisposable
{
    private volatile bool isAside;

    public RunRecord Run { get; } = run;

    public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource TurnEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is known whether the run takes its turn or lets others go first.</summary>
    public TaskCompletionSource Decided { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether others go first for now.</summary>
    public bool IsAside => isAside;

    public bool HasSaidSo { get; set; }

    /// <summary>Lets others go first until <see cref="Ready"/>.</summary>
    public void StepAside()
    {
        isAside = true;
        Decided.TrySetResult();
    }

    /// <summary>Takes its turn as soon as it comes.</summary>
    public void Ready()
    {
        isAside = false;
        Decided.TrySetResult();
    }

    public void Dispose()
    {
        Granted.TrySetCanceled();
        TurnEnded.TrySetResult();
        Decided.TrySetResult();
    }
}
