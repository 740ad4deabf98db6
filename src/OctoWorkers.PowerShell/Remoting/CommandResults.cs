using System.Collections.Concurrent;
using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.Engine.Commands;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>
/// Takes what scripts on workers write to the caller's streams, each thing with the name of its worker: as it comes, or, where the order of inputs is asked for,
/// results and errors in that order and everything else as it comes.
/// </summary>
/// <param name="pipeline">The caller's streams.</param>
/// <param name="isOrdered">Whether the order of inputs is kept.</param>
/// <param name="hasInput">Whether there are inputs; else each worker runs the script block once.</param>
/// <param name="mask">Takes secrets out of what is no result.</param>
internal sealed class CommandResults(IPipelineWriter pipeline, bool isOrdered, bool hasInput, OutputMask mask) : ICommandSink, IDispatchObserver<PSObject?>
{
    /// <summary>How far apart the progress of workers is numbered.</summary>
    private const int ProgressIds = 10_000;

    private readonly ConcurrentDictionary<long, Channel<(object? Value, Action? Written)>> turns = new();
    private readonly ConcurrentDictionary<long, CommandInput<PSObject?>> running = new();
    private readonly ConcurrentDictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Exception, bool> told = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Exception>);
    private long turn;
    private long highest;
    private long total = long.MaxValue;

    /// <summary>What runs now, in words.</summary>
    internal string Running => string.Join("; ", running.Values.OrderBy(input => input.Number).Select(input => $"{input.Worker}: {InputText.Of(input, hasInput)}"));

    /// <summary>Writes results in the order of their inputs, until there are no more. Where the order does not matter it is not needed.</summary>
    internal async Task WriteInOrderAsync(CancellationToken cancellationToken)
    {
        for (long number = 1; number <= Interlocked.Read(ref total); number++)
        {
            Volatile.Write(ref turn, number);
            await foreach ((object? value, Action? written) in TurnOf(number).Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await WriteNowAsync(value, written).ConfigureAwait(false);
            }

            turns.TryRemove(number, out _);
        }
    }

    /// <summary>Says that nothing more comes; what waits for its turn is written first.</summary>
    internal void Complete()
    {
        Interlocked.Exchange(ref total, highest);
        TurnOf(highest + 1).Writer.TryComplete();
    }

    public ValueTask WriteAsync(CommandInput<PSObject?> input, IReadOnlyList<object?> results, Action written)
        => PutAsync(input, results.Select(result => Named(result, input.Worker)), written);

    public ValueTask WriteAsync(CommandInput<PSObject?> input, SessionRecord record) => record switch
    {
        { Value: ErrorRecord error } => PutAsync(input, WorkerErrors.Of(error, input.Worker, mask)),
        { Kind: SessionRecordKind.Warning, Value: WarningRecord warning } => pipeline.WriteWarningAsync(Prefixed(input, warning.Message)),
        { Kind: SessionRecordKind.Verbose, Value: VerboseRecord verbose } => pipeline.WriteVerboseAsync(new VerboseRecord(Prefixed(input, verbose.Message))),
        { Kind: SessionRecordKind.Debug, Value: DebugRecord debug } => pipeline.WriteDebugAsync(new DebugRecord(Prefixed(input, debug.Message))),
        { Value: InformationRecord information } => pipeline.WriteInformationAsync(Named(information, input.Worker)),
        { Value: ProgressRecord progress } => pipeline.WriteProgressAsync(Named(progress, input.Worker)),
        _ => ValueTask.CompletedTask,
    };

    public ValueTask OnBegunAsync(CommandInput<PSObject?> input)
    {
        running[input.Number] = input;
        return ValueTask.CompletedTask;
    }

    public ValueTask OnRetriedAsync(CommandInput<PSObject?> input, Exception error)
    {
        running.TryRemove(input.Number, out _);
        return pipeline.WriteWarningAsync(mask.Of($"Worker '{input.Worker}': {InputText.Of(input, hasInput)} failed and is run again. {error.Message}"));
    }

    public async ValueTask OnEndedAsync(CommandInput<PSObject?> input, Exception? error)
    {
        running.TryRemove(input.Number, out _);
        highest = Math.Max(highest, input.Number);

        // Without inputs, what there is to say of a worker that cannot be used was said.
        if (error is not null && (hasInput || !told.ContainsKey(error)))
        {
            await PutAsync(input, WorkerErrors.Of(Told(error, input), input.Worker, input.Value?.BaseObject, mask)).ConfigureAwait(false);
        }

        if (isOrdered)
        {
            TurnOf(input.Number).Writer.TryComplete();
        }
    }

    public ValueTask OnWorkerLostAsync(string worker, OctoWorkersException error)
    {
        told[error] = true;
        return pipeline.WriteErrorAsync(WorkerErrors.Of(error, worker, worker, mask));
    }

    // An input that no worker was left for says so of itself.
    private Exception Told(Exception error, CommandInput<PSObject?> input)
        => error is OctoWorkersException own && told.ContainsKey(error)
            ? new OctoWorkersException(own.Error, $"Not run: {InputText.Of(input, hasInput)}. {own.Message}", own.Subject, own)
            : error;

    private Channel<(object? Value, Action? Written)> TurnOf(long number)
        => turns.GetOrAdd(number, static _ => Channel.CreateUnbounded<(object? Value, Action? Written)>(new() { SingleReader = true }));

    private ValueTask PutAsync(CommandInput<PSObject?> input, object? value, Action? written = null)
    {
        if (!isOrdered)
        {
            return WriteNowAsync(value, written);
        }

        // A worker whose turn it is not goes on: the one whose turn it is may have to wait for it.
        bool isTurn = Volatile.Read(ref turn) == input.Number;
        TurnOf(input.Number).Writer.TryWrite((value, isTurn ? written : null));
        if (!isTurn)
        {
            written?.Invoke();
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask WriteNowAsync(object? value, Action? written)
        => value is ErrorRecord error ? pipeline.WriteErrorAsync(error) : pipeline.WriteObjectsAsync((IEnumerable<object?>)value!, written);

    private string Prefixed(CommandInput<PSObject?> input, string message) => mask.Of($"[{input.Worker}] {message}");

    private static object? Named(object? result, string worker)
    {
        if (result is not PSObject value)
        {
            return result;
        }

        PSMemberInfoCollection<PSPropertyInfo> properties = value.Properties;
        try
        {
            properties.Add(new PSNoteProperty(WorkerErrors.NameOfNote, worker), preValidated: true);
        }
        catch (ExtendedTypeSystemException)
        {
            // It came with the name of another worker, from which it came there.
            properties.Remove(WorkerErrors.NameOfNote);
            properties.Add(new PSNoteProperty(WorkerErrors.NameOfNote, worker));
        }

        return result;
    }

    private InformationRecord Named(InformationRecord record, string worker)
    {
        InformationRecord named = new(HostMessages.Masked(record.MessageData, mask), worker) { TimeGenerated = record.TimeGenerated };
        named.Tags.AddRange(record.Tags.Select(mask.Of));
        return named;
    }

    private ProgressRecord Named(ProgressRecord progress, string worker)
    {
        int place = places.GetOrAdd(worker, _ => places.Count + 1) * ProgressIds;
        return new(place + (progress.ActivityId % ProgressIds), mask.Of($"[{worker}] {progress.Activity}"), mask.Of(progress.StatusDescription))
        {
            CurrentOperation = progress.CurrentOperation is { } operation ? mask.Of(operation) : null,
            ParentActivityId = progress.ParentActivityId < 0 ? -1 : place + (progress.ParentActivityId % ProgressIds),
            PercentComplete = progress.PercentComplete,
            RecordType = progress.RecordType,
            SecondsRemaining = progress.SecondsRemaining,
        };
    }
}
