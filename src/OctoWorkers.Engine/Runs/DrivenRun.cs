using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>A run that this process drives, from the queue to its end.</summary>
internal sealed class DrivenRun(RunRecord run) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource canceledInQueue = new();
    private IReadOnlyList<CancelRequest> cancels = [];
    private RunLoop? loop;

    public RunRecord Run { get; } = run;

    /// <summary>Ends when this process no longer drives the run, whatever the reason.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when the run is to be canceled before it has a loop.</summary>
    public CancellationToken CanceledInQueue => canceledInQueue.Token;

    /// <summary>The first cancel that was asked for; null when there is none.</summary>
    public CancelRequest? FirstCancel
    {
        get
        {
            lock (gate)
            {
                return cancels.Count > 0 ? cancels[0] : null;
            }
        }
    }

    /// <summary>Tells the run of all cancels that were asked for so far.</summary>
    public void Hear(IReadOnlyList<CancelRequest> requests)
    {
        lock (gate)
        {
            if (requests.Count == cancels.Count)
            {
                return;
            }

            cancels = requests;
            loop?.Post(new RunMessage.CancelsSeen(requests));
        }

        canceledInQueue.Cancel();
    }

    /// <summary>From here on the loop is told.</summary>
    public void Attach(RunLoop started)
    {
        lock (gate)
        {
            loop = started;
            if (cancels.Count > 0)
            {
                started.Post(new RunMessage.CancelsSeen(cancels));
            }
        }
    }

    public void Dispose() => canceledInQueue.Dispose();
}
