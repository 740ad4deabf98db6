namespace OctoWorkers.TestKit.Workers;

/// <summary>What lies between processes and a simulated worker.</summary>
internal sealed class SimulatedWire
{
    private readonly Lock gate = new();
    private readonly HashSet<SimulatedChannel> channels = [];
    private TaskCompletionSource answers = Done();
    private bool isGone;
    private int? callsLeft;
    private bool hasEffect;

    public bool IsGone
    {
        get
        {
            lock (gate)
            {
                return isGone;
            }
        }

        set
        {
            lock (gate)
            {
                isGone = value;
            }

            if (value)
            {
                Cut();
            }
        }
    }

    /// <summary>Ends when the worker answers.</summary>
    public Task Answers
    {
        get
        {
            lock (gate)
            {
                return answers.Task;
            }
        }
    }

    public void Hang(bool hangs)
    {
        lock (gate)
        {
            if (!hangs)
            {
                answers.TrySetResult();
            }
            else if (answers.Task.IsCompleted)
            {
                answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void CutAt(int calls, bool withEffect)
    {
        lock (gate)
        {
            callsLeft = calls;
            hasEffect = withEffect;
        }
    }

    public void Cut()
    {
        SimulatedChannel[] all;
        lock (gate)
        {
            all = [.. channels];
            channels.Clear();
        }

        Array.ForEach(all, channel => channel.Break());
    }

    public void Recover()
    {
        lock (gate)
        {
            isGone = false;
            callsLeft = null;
        }

        Hang(false);
    }

    /// <summary>Counts a call.</summary>
    /// <returns>Null: it goes well; otherwise the connections are to break, before it has an effect or after.</returns>
    public bool? Count()
    {
        lock (gate)
        {
            if (callsLeft is not { } left)
            {
                return null;
            }

            callsLeft = left > 0 ? left - 1 : null;
            return left > 0 ? null : hasEffect;
        }
    }

    public void Add(SimulatedChannel channel)
    {
        lock (gate)
        {
            channels.Add(channel);
        }
    }

    public void Remove(SimulatedChannel channel)
    {
        lock (gate)
        {
            channels.Remove(channel);
        }
    }

    private static TaskCompletionSource Done()
    {
        TaskCompletionSource done = new();
        done.SetResult();
        return done;
    }
}
