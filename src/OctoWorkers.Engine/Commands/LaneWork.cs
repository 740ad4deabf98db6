using System.Threading.Channels;

namespace OctoWorkers.Engine.Commands;

/// <summary>What the lanes of a dispatch have under way: openings and inputs. Each piece ends with an event; what is unforeseen is thrown to whoever hears of its end.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
internal sealed class LaneWork<TInput>
{
    private static readonly LaneEvent<TInput> Reminder = new(-1);

    private readonly Channel<LaneEvent<TInput>> events = Channel.CreateUnbounded<LaneEvent<TInput>>(new() { SingleReader = true });
    private readonly Dictionary<int, Task> working = [];

    /// <summary>What has ended.</summary>
    internal ChannelReader<LaneEvent<TInput>> Events => events.Reader;

    /// <summary>Begins to open a lane.</summary>
    internal void Open(int lane, ICommandWorker<TInput> worker, CancellationToken stopping)
        => working[lane] = Task.Run(() => OpenAsync(lane, worker, stopping), CancellationToken.None);

    /// <summary>Begins to run an input in an open lane.</summary>
    internal void Run(int index, ICommandLane<TInput> lane, CommandInput<TInput> input, CancellationToken stopping)
        => working[index] = RunAsync(index, lane, input, stopping);

    /// <summary>Waits for the work that an event is about, and with that for what it threw.</summary>
    internal Task EndAsync(LaneEvent<TInput> happened) => working[happened.Index];

    /// <summary>Waits until nothing is under way.</summary>
    internal async Task EndAllAsync() => await Task.WhenAll(working.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task OpenAsync(int lane, ICommandWorker<TInput> worker, CancellationToken stopping)
    {
        try
        {
            ICommandLane<TInput> opened = await worker.OpenAsync(stopping).ConfigureAwait(false);
            events.Writer.TryWrite(new(lane, Opened: opened));
        }
        catch (OctoWorkersException e)
        {
            events.Writer.TryWrite(new(lane, OpeningError: e));
        }
        catch (Exception)
        {
            Fault(lane);
            throw;
        }
    }

    private async Task RunAsync(int index, ICommandLane<TInput> lane, CommandInput<TInput> input, CancellationToken stopping)
    {
        try
        {
            events.Writer.TryWrite(new(index, Input: input, End: await lane.RunAsync(input, stopping).ConfigureAwait(false)));
        }
        catch (Exception)
        {
            Fault(index);
            throw;
        }
    }

    /// <summary>Lets the dispatch look what is to be done, though nothing has ended.</summary>
    internal void Remind() => events.Writer.TryWrite(Reminder);

    private void Fault(int lane) => events.Writer.TryWrite(new(lane));
}
