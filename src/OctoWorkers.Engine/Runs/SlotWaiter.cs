namespace OctoWorkers.Engine.Runs;

/// <summary>A run that waits for a task slot, and then has its turn.</summary>
internal sealed class SlotWaiter(RunRecord run) : IDisposable
{
    public RunRecord Run { get; } = run;

    public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource TurnEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasSaidSo { get; set; }

    public void Dispose()
    {
        Granted.TrySetCanceled();
        TurnEnded.TrySetResult();
    }
}
