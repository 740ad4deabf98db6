using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>A run that this process drives, from the queue to its end.</summary>
internal sealed class DrivenRun(RunRecord run, Task lined) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource canceledInQueue = new();
    private IReadOnlyList<CancelRequest> cancels = [];
    private readonly HashSet<int> answered = [];
    private readonly List<InterruptionReply> answers = [];
    private RunLoop? loop;

    public RunRecord Run { get; } = run;

    /// <summary>Ends when the run that this process took on before this one stands in line for its slot, or does not hurry there.</summary>
    public Task PreviousLined { get; } = lined;

    /// <summary>Set when this run stands in line, or something keeps it from there that the next run need not wait for.</summary>
    public TaskCompletionSource Lined { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>Tells the run of answers that it may have heard of already.</summary>
    public void Hear(IReadOnlyList<InterruptionReply> replies)
    {
        lock (gate)
        {
            InterruptionReply[] unheard = [.. replies.Where(reply => answered.Add(reply.Id.Number))];
            answers.AddRange(unheard);
            if (unheard.Length > 0)
            {
                loop?.Post(new RunMessage.AnswersSeen(unheard));
            }
        }
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

            if (answers.Count > 0)
            {
                started.Post(new RunMessage.AnswersSeen([.. answers]));
            }
        }
    }

    public void Dispose() => canceledInQueue.Dispose();
}
