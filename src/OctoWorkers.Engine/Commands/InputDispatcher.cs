using System.Threading.Channels;

namespace OctoWorkers.Engine.Commands;

/// <summary>
/// Runs a command for inputs on workers: carries out what an <see cref="InputSchedule"/> decides. One loop owns everything; lanes send it messages. It takes no more
/// inputs than it has use for, so that whoever makes them waits.
/// </summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
/// <param name="workers">The workers, in the order in which they are to be used; at least one.</param>
/// <param name="options">How inputs are spread.</param>
/// <param name="observer">Hears what becomes of inputs.</param>
/// <param name="clock">Tells when more lanes are of use.</param>
public sealed class InputDispatcher<TInput>(IReadOnlyList<ICommandWorker<TInput>> workers, DispatchOptions options, IDispatchObserver<TInput> observer, TimeProvider clock)
{
    private readonly InputSchedule schedule = new(
        options.LanesPerWorker.Count > 0 ? options.LanesPerWorker : [.. workers.Select(_ => 1)], options.ThrottleLimit, options.OnEachWorker);
    private readonly LaneWork<TInput> work = new();
    private readonly OpenLanes<TInput> open = new();
    private readonly SortedDictionary<long, CommandInput<TInput>> unfinished = [];
    private readonly LostWorkers lost = new();
    private long last;
    private bool isComplete;

    /// <summary>Runs the command for all inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="cancellationToken">Stops what runs.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.NoEligibleWorker"/> when no worker is left: inputs that were taken and not begun have failed by then, others were not taken.
    /// </exception>
    public async Task RunAsync(ChannelReader<TInput> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using LaneGrowth growth = new(clock, work.Remind);
        try
        {
            await LoopAsync(inputs, growth, stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await CloseAllAsync().ConfigureAwait(false);
        }
    }

    private async Task LoopAsync(ChannelReader<TInput> inputs, LaneGrowth growth, CancellationToken stopping)
    {
        Task<bool>? heard = null;
        Task<bool>? more = null;
        while (true)
        {
            while (work.Events.TryRead(out LaneEvent<TInput>? happened))
            {
                if (happened.Index >= 0)
                {
                    growth.Progress();
                    await HandleAsync(happened).ConfigureAwait(false);
                }
            }

            do
            {
                Take(inputs);
                schedule.Limit = growth.Limit;
                while (schedule.Next() is { } step)
                {
                    await CarryOutAsync(step, stopping).ConfigureAwait(false);
                    Take(inputs);
                }
            }
            while (schedule.IsLimited && growth.Grow());

            if (isComplete && schedule.IsIdle)
            {
                return;
            }

            heard ??= work.Events.WaitToReadAsync(stopping).AsTask();
            bool wants = !isComplete && WantsInput;
            more = wants ? more ?? inputs.WaitToReadAsync(stopping).AsTask() : more;
            Task first = wants ? await Task.WhenAny(heard, more!).ConfigureAwait(false) : heard;
            await first.ConfigureAwait(false);
            heard = heard.IsCompleted ? null : heard;
            if (more is { IsCompleted: true })
            {
                isComplete = !await more.ConfigureAwait(false);
                more = null;
            }
        }
    }

    // Where no worker is left, one more input is asked for to find out whether that matters.
    private bool WantsInput => schedule.IsStranded || (schedule.WantsInput && (options.Window == int.MaxValue || unfinished.Count == 0 || last - unfinished.First().Key < options.Window));

    private void Take(ChannelReader<TInput> inputs)
    {
        while (!isComplete && WantsInput && inputs.TryRead(out TInput? value))
        {
            if (schedule.IsStranded)
            {
                throw lost.NobodyLeft();
            }

            if (!options.OnEachWorker)
            {
                Add(value, -1);
                continue;
            }

            for (int worker = 0; worker < workers.Count; worker++)
            {
                if (schedule.IsIn(worker))
                {
                    Add(value, worker);
                }
            }
        }
    }

    private void Add(TInput value, int worker)
    {
        long number = ++last;
        unfinished.Add(number, new(number, value, worker < 0 ? "" : workers[worker].Name, 0));
        schedule.Add(number, worker);
    }

    private async Task CarryOutAsync(ScheduleStep step, CancellationToken stopping)
    {
        switch (step.Kind)
        {
            case ScheduleStepKind.Open:
                work.Open(step.Lane, workers[schedule.WorkerOf(step.Lane)], stopping);
                break;
            case ScheduleStepKind.Close:
                open.Close(step.Lane);
                break;
            default:
                CommandInput<TInput> before = unfinished[step.Input];
                CommandInput<TInput> input = before with { Worker = workers[schedule.WorkerOf(step.Lane)].Name, Attempt = before.Attempt + 1 };
                unfinished[step.Input] = input;
                await observer.OnBegunAsync(input).ConfigureAwait(false);
                work.Run(step.Lane, open[step.Lane], input, stopping);
                break;
        }
    }

    private async Task HandleAsync(LaneEvent<TInput> happened)
    {
        await work.EndAsync(happened).ConfigureAwait(false);
        if (happened.Opened is { } opened)
        {
            open.Add(happened.Index, opened);
            if (!schedule.Opened(happened.Index))
            {
                open.Close(happened.Index);
            }
        }
        else if (happened.OpeningError is { } problem)
        {
            schedule.OpeningFailed(happened.Index);
            await DropAsync(schedule.WorkerOf(happened.Index), problem).ConfigureAwait(false);
        }
        else
        {
            await EndAsync(happened.Index, happened.Input!, happened.End!).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(int lane, CommandInput<TInput> input, InputEnd end)
    {
        if (!end.IsLaneUsable)
        {
            open.Close(lane);
        }

        int worker = schedule.WorkerOf(lane);
        if (end.Refusal is { } refusal)
        {
            // It has not run: this was no attempt.
            unfinished[input.Number] = input with { Attempt = input.Attempt - 1 };
            foreach (int idle in schedule.Dismiss(worker))
            {
                open.Close(idle);
            }

            schedule.Ended(lane, isUsable: false);
            schedule.AddAgain(input.Number, worker);
            await DropAsync(worker, refusal).ConfigureAwait(false);
            return;
        }

        schedule.Ended(lane, end.IsLaneUsable);
        if (!end.HasBegun)
        {
            unfinished[input.Number] = input with { Attempt = input.Attempt - 1 };
            schedule.AddAgain(input.Number, worker);
            return;
        }

        if (end.Error is { } error && input.Attempt <= options.Retries)
        {
            await observer.OnRetriedAsync(input, error).ConfigureAwait(false);
            schedule.AddAgain(input.Number, worker);
            return;
        }

        unfinished.Remove(input.Number);
        await observer.OnEndedAsync(input, end.Error).ConfigureAwait(false);
    }

    private async Task DropAsync(int index, OctoWorkersException problem)
    {
        string worker = workers[index].Name;
        if (lost.Add(worker, problem))
        {
            await observer.OnWorkerLostAsync(worker, problem).ConfigureAwait(false);
        }

        await FailAsync([.. schedule.TakeOwn(index), .. schedule.IsStranded ? schedule.TakeStranded() : []], problem).ConfigureAwait(false);
    }

    private async Task FailAsync(IReadOnlyList<long> orphans, OctoWorkersException problem)
    {
        foreach (long number in orphans)
        {
            unfinished.Remove(number, out CommandInput<TInput>? input);
            await observer.OnEndedAsync(input!, problem).ConfigureAwait(false);
        }
    }

    // An opening that ends only now has opened a lane too.
    private async Task CloseAllAsync()
    {
        await work.EndAllAsync().ConfigureAwait(false);
        while (work.Events.TryRead(out LaneEvent<TInput>? late))
        {
            if (late.Opened is { } opened)
            {
                open.Add(late.Index, opened);
            }
        }

        await open.CloseAllAsync().ConfigureAwait(false);
    }
}
