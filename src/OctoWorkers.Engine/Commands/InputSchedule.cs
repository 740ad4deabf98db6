namespace OctoWorkers.Engine.Commands;

/// <summary>
/// Which input goes to which worker. Inputs go to the lane that became free first, and to no lane before it is open, so that nobody waits for a slow worker while
/// another is free; no more lanes are opened than there is work for. Where each worker gets every input, each has a queue of its own. No clock, no IO, one owner.
/// </summary>
internal sealed class InputSchedule
{
    /// <summary>How many inputs each worker may be behind the first one, where each gets all of them.</summary>
    private const int LongestQueue = 16;

    private readonly int throttle;
    private readonly bool isForEach;
    private readonly Lane[] lanes;
    private readonly LinkedList<int> free = new();
    private readonly LinkedList<Waiting> shared = new();
    private readonly LinkedList<Waiting>[] own;
    private readonly HashSet<int> dismissed = [];
    private int active;
    private int opening;

    /// <summary>Makes one.</summary>
    /// <param name="capacities">How many lanes each worker may have, in the order in which workers are to be used.</param>
    /// <param name="throttle">How many lanes may be open in all.</param>
    /// <param name="isForEach">Whether each worker gets every input.</param>
    internal InputSchedule(IReadOnlyList<int> capacities, int throttle, bool isForEach)
    {
        (this.throttle, this.isForEach) = (throttle, isForEach);
        own = [.. capacities.Select(_ => new LinkedList<Waiting>())];

        // First one lane of each worker, then the second ones.
        lanes = [.. Enumerable.Range(0, capacities.Max()).SelectMany(round => capacities.Index().Where(one => one.Item > round)).Select(one => new Lane(one.Index))];
    }

    /// <summary>Whether an input would find a use soon.</summary>
    internal bool WantsInput => isForEach
        ? own.Index().Any(queue => queue.Item.Count == 0 && IsIn(queue.Index)) && own.All(queue => queue.Count < LongestQueue)
        : shared.Count < Math.Min(throttle, lanes.Length) && !IsStranded;

    /// <summary>Whether nothing waits and nothing runs.</summary>
    internal bool IsIdle => shared.Count == 0 && own.All(queue => queue.Count == 0) && lanes.All(lane => lane.State != LaneState.Busy);

    /// <summary>How many lanes may be open for now, where inputs are shared.</summary>
    internal int Limit { get; set; } = int.MaxValue;

    /// <summary>Whether more lanes would be opened if the limit were higher.</summary>
    internal bool IsLimited => !isForEach && active >= Limit && active < throttle && shared.Count > opening && lanes.Any(static lane => lane.State == LaneState.Closed);

    /// <summary>Whether no worker is left.</summary>
    internal bool IsStranded => !Enumerable.Range(0, own.Length).Any(IsIn);

    /// <summary>The worker of a lane.</summary>
    internal int WorkerOf(int lane) => lanes[lane].Worker;

    /// <summary>How many lanes there may be.</summary>
    internal int LaneCount => lanes.Length;

    /// <summary>Adds an input; where each worker gets every input, for one worker.</summary>
    internal void Add(long input, int worker = -1) => QueueOf(worker).AddLast(new Waiting(input, -1));

    /// <summary>Adds an input that is to run again: before all others, and elsewhere if there is another worker.</summary>
    internal void AddAgain(long input, int worker) => QueueOf(worker).AddFirst(new Waiting(input, worker));

    /// <summary>What is to be done next; null when that is nothing until something happens.</summary>
    internal ScheduleStep? Next() => isForEach ? NextOfOwn() : NextOfShared();

    /// <summary>A lane was opened.</summary>
    /// <returns>Whether it is of use; else it is to be closed.</returns>
    internal bool Opened(int lane)
    {
        opening--;
        if (!dismissed.Contains(lanes[lane].Worker))
        {
            SetFree(lane);
            return true;
        }

        active--;
        lanes[lane].State = LaneState.Out;
        return false;
    }

    /// <summary>An input has ended on a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="isUsable">Whether the lane is still open.</param>
    internal void Ended(int lane, bool isUsable)
    {
        if (isUsable && !dismissed.Contains(lanes[lane].Worker))
        {
            SetFree(lane);
        }
        else
        {
            active--;
            lanes[lane].State = dismissed.Contains(lanes[lane].Worker) ? LaneState.Out : LaneState.Closed;
        }
    }

    /// <summary>A worker gets nothing to do any more, beyond what runs there.</summary>
    /// <param name="worker">The worker.</param>
    /// <returns>Open lanes to be closed.</returns>
    internal IReadOnlyList<int> Dismiss(int worker)
    {
        dismissed.Add(worker);
        int[] idle = [.. free.Where(lane => lanes[lane].Worker == worker)];
        foreach (int lane in idle)
        {
            free.Remove(lane);
            active--;
        }

        foreach (Lane lane in lanes.Where(lane => lane.Worker == worker && lane.State is LaneState.Closed or LaneState.Free))
        {
            lane.State = LaneState.Out;
        }

        return idle;
    }

    /// <summary>Takes away what waits for a worker alone, when it gets nothing to do any more.</summary>
    internal IReadOnlyList<long> TakeOwn(int worker)
    {
        if (IsIn(worker))
        {
            return [];
        }

        long[] left = [.. own[worker].Select(waiting => waiting.Input)];
        own[worker].Clear();
        return left;
    }

    /// <summary>A lane could not be opened: its worker gets nothing more to do, beyond what it runs already.</summary>
    internal void OpeningFailed(int lane)
    {
        opening--;
        active--;
        int worker = lanes[lane].Worker;
        lanes[lane].State = LaneState.Out;
        foreach (Lane closed in lanes.Where(other => other.Worker == worker && other.State == LaneState.Closed))
        {
            closed.State = LaneState.Out;
        }
    }

    /// <summary>Takes away what waits for any worker, when none is left.</summary>
    internal IReadOnlyList<long> TakeStranded()
    {
        long[] left = [.. shared.Select(waiting => waiting.Input)];
        shared.Clear();
        return left;
    }

    /// <summary>Whether a worker can still get something to do.</summary>
    internal bool IsIn(int worker) => !dismissed.Contains(worker) && lanes.Any(lane => lane.Worker == worker && lane.State != LaneState.Out);

    private LinkedList<Waiting> QueueOf(int worker) => isForEach ? own[worker] : shared;

    private ScheduleStep? NextOfShared()
    {
        if (shared.First is not { } first)
        {
            return null;
        }

        LinkedListNode<int>? lane = free.First;
        while (lane is not null && lanes[lane.Value].Worker == first.Value.Avoided && HasOthers(first.Value.Avoided))
        {
            lane = lane.Next;
        }

        if (lane is not null)
        {
            return Run(lane, shared);
        }

        return shared.Count > opening && active < Math.Min(throttle, Limit) ? Open(other => other.Worker != first.Value.Avoided) ?? Open(static _ => true) : null;
    }

    private ScheduleStep? NextOfOwn()
    {
        for (LinkedListNode<int>? lane = free.First; lane is not null; lane = lane.Next)
        {
            if (own[lanes[lane.Value].Worker] is { Count: > 0 } queue)
            {
                return Run(lane, queue);
            }
        }

        bool Lacks(Lane lane) => own[lane.Worker].Count > lanes.Count(other => other.Worker == lane.Worker && other.State == LaneState.Opening);
        if (!lanes.Any(lane => lane.State == LaneState.Closed && Lacks(lane)))
        {
            return null;
        }

        if (active < throttle)
        {
            return Open(Lacks);
        }

        if (free.First is not { } idle)
        {
            return null;
        }

        free.Remove(idle);
        lanes[idle.Value].State = LaneState.Closed;
        active--;
        return new(ScheduleStepKind.Close, idle.Value);
    }

    private ScheduleStep Run(LinkedListNode<int> lane, LinkedList<Waiting> queue)
    {
        long input = queue.First!.Value.Input;
        queue.RemoveFirst();
        free.Remove(lane);
        lanes[lane.Value].State = LaneState.Busy;
        return new(ScheduleStepKind.Run, lane.Value, input);
    }

    private ScheduleStep? Open(Func<Lane, bool> suits)
    {
        int index = Array.FindIndex(lanes, lane => lane.State == LaneState.Closed && suits(lane));
        if (index < 0)
        {
            return null;
        }

        lanes[index].State = LaneState.Opening;
        (active, opening) = (active + 1, opening + 1);
        return new(ScheduleStepKind.Open, index);
    }

    private bool HasOthers(int worker) => lanes.Any(lane => lane.Worker != worker && lane.State != LaneState.Out);

    private void SetFree(int lane)
    {
        lanes[lane].State = LaneState.Free;
        free.AddLast(lane);
    }

    private sealed class Lane(int worker)
    {
        public int Worker => worker;

        public LaneState State { get; set; }
    }

    private readonly record struct Waiting(long Input, int Avoided);
}
