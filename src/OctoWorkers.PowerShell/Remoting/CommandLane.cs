using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using OctoWorkers.Engine.Commands;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>
/// A session on a worker in which a command runs, one input at a time. One pipeline there takes them all; it begins anew after an input that ended it, by an error
/// or by <c>exit</c>.
/// </summary>
/// <param name="session">The session, which nobody else uses.</param>
/// <param name="script">The command.</param>
/// <param name="folder">A folder that was made there for it; null: none.</param>
/// <param name="mayBeUsedAgain">Whether another command may have the session when all has ended by itself.</param>
/// <param name="timeout">How long one input may take; null: as long as it takes.</param>
/// <param name="sink">Takes results.</param>
/// <param name="closings">Closes the session, or gives it back, when it is not needed any more.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandLane(
    CommandSession session, CommandScript script, string? folder, bool mayBeUsedAgain, TimeSpan? timeout, ICommandSink sink, SessionClosings closings, TimeProvider time)
    : ICommandLane<PSObject?>
{
    /// <summary>After how many results the script asks whether they were taken, where reading from it less does not make it wait.</summary>
    private const int Room = 1000;

    /// <summary>How many results are handed on together.</summary>
    private const int MostTogether = 256;

    private static readonly string Text = RemoteScript.Read("command");
    private static readonly Version Here = typeof(PSObject).Assembly.GetName().Version ?? new(0, 0);

    /// <summary>How long a script that is told to stop is waited for, before its session is closed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Nobody else can know it, so that no result is taken for the mark between inputs.
    private readonly string token = Guid.NewGuid().ToString("n");
    private SessionPipeline? pipeline;
    private bool hasRun;
    private bool wasStopped;

    public async Task<InputEnd> RunAsync(CommandInput<PSObject?> input, CancellationToken cancellationToken)
    {
        if (hasRun && (session.IsBroken || pipeline is { HasEnded: true }))
        {
            // It was lost while it had nothing to do.
            return InputEnd.NotBegun;
        }

        hasRun = true;
        pipeline ??= Begin();
        if (script.HasInput)
        {
            pipeline.Send(input.Value);
        }
        else
        {
            pipeline.Send(null);
            pipeline.CompleteInput();
        }

        try
        {
            return await FollowAsync(pipeline, input, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            wasStopped = true;
            await pipeline.StopAsync(Patience).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets go of the session, which is closed or given back while others go on.</summary>
    public ValueTask DisposeAsync()
    {
        closings.Add(mayBeUsedAgain && !wasStopped ? session.GiveBackAsync(EndAsync()) : CloseAsync());
        return ValueTask.CompletedTask;
    }

    // Whether all has ended by itself. The session is told at once that it comes back, so that the next command waits for it.
    private async Task<bool> EndAsync()
    {
        await Task.Yield();
        if (pipeline is not { } last)
        {
            return true;
        }

        last.CompleteInput();
        bool isOver = await last.WaitAsync(Patience).ConfigureAwait(false);
        last.Dispose();
        return isOver;
    }

    private async Task CloseAsync()
    {
        await Task.Yield();
        if (pipeline is { } last)
        {
            last.CompleteInput();
            if (folder is not null)
            {
                await last.WaitAsync(Patience).ConfigureAwait(false);
            }

            last.Dispose();
        }

        if (folder is not null && !session.IsBroken)
        {
            using SessionPipeline removing = session.Start(RemoteScript.Read("remove"), new Hashtable { ["Folder"] = folder });
            removing.CompleteInput();
            await removing.WaitAsync(Patience).ConfigureAwait(false);
        }

        await session.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<InputEnd> FollowAsync(SessionPipeline running, CommandInput<PSObject?> input, CancellationToken cancellationToken)
    {
        using InputLimit? limit = timeout is { } longest ? new(longest, Patience, running, time) : null;
        ResultBatch batch = new(running, input, sink, MostTogether);
        while (await running.Records.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            while (running.Records.TryTake(out SessionRecord record))
            {
                if (record.Kind == SessionRecordKind.Output)
                {
                    await batch.AddAsync(record.Value, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                await batch.HandOnAsync(cancellationToken).ConfigureAwait(false);
                if (record.Kind < SessionRecordKind.Mark)
                {
                    await sink.WriteAsync(input, record).ConfigureAwait(false);
                    running.Taken(1);
                }
                else if (record.Kind == SessionRecordKind.Mark)
                {
                    running.Taken(1);
                    if (script.HasInput && limit?.End() != false)
                    {
                        return InputEnd.Done;
                    }
                }
                else
                {
                    bool isInTime = limit?.End() != false;
                    running.Dispose();
                    pipeline = null;
                    return isInTime ? EndOf(record, input) : LateEndOf(input);
                }
            }

            await batch.HandOnAsync(cancellationToken).ConfigureAwait(false);
        }

        // Its end was thrown away with what waited: whoever did that has given it up.
        return EndOf(new(SessionRecordKind.Lost, null), input);
    }

    private InputEnd EndOf(SessionRecord record, CommandInput<PSObject?> input)
    {
        bool isUsable = !session.IsBroken;
        switch (record)
        {
            case { Kind: SessionRecordKind.Ended }:
                return new(null, isUsable);
            case { Kind: SessionRecordKind.Failed, Value: RuntimeException failure and not PSRemotingTransportException } when isUsable:
                return failure.Message.Contains(token, StringComparison.Ordinal)
                    ? InputEnd.Refused(new(
                        EngineError.WorkerUnusable,
                        $"Worker '{input.Worker}' does not understand the script block: {failure.Message.Replace(token, "", StringComparison.Ordinal)}", input.Worker, failure))
                    : new(failure, isUsable);
            default:
                string why = (record.Value as Exception)?.Message.ReplaceLineEndings(" ").Trim() is { Length: > 0 } words ? $" {words}" : "";
                return new(
                    new OctoWorkersException(
                        EngineError.OutcomeUnknown,
                        $"Worker '{input.Worker}': the session ended while it ran {InputText.Of(input, script.HasInput)}; what became of that is unknown.{why}"
                        + (script.MayRunAgain ? "" : " Give -Retry where it may run twice."), input.Worker, record.Value as Exception),
                    IsLaneUsable: false);
        }
    }

    // What was stopped may have left anything behind: its session is not used again.
    private InputEnd LateEndOf(CommandInput<PSObject?> input)
    {
        wasStopped = true;
        return new(
            new OctoWorkersException(
                EngineError.StepTimedOut,
                $"Worker '{input.Worker}': {InputText.Of(input, script.HasInput)} took longer than {timeout!.Value.TotalSeconds:0.###} s and was stopped. Give it more by -TimeoutSec.", input.Worker),
            IsLaneUsable: false);
    }

    // What goes round a script block takes longer than a short one itself. But only that tells apart an error in it and a worker that does not understand it: whose PowerShell is older than this
    // one, or which lacks what it needs to begin.
    private bool GoesAlone(PipelineReading reading)
        => !script.HasInput && !script.NeedsToBeginWith && reading.IsWeighed && script.Preferences.Count == 0
            && Version.TryParse(session.Rented.Greeting.Version.Split('-')[0], out Version? there) && new Version(there.Major, there.Minor) >= new Version(Here.Major, Here.Minor);

    private SessionPipeline Begin()
    {
        PipelineReading reading = new(token, script.UsingValues, session.Rented.Flow, script.LargestResult);
        if (GoesAlone(reading))
        {
            return session.StartAlone(script.Text, script.Arguments, reading);
        }

        Hashtable command = new()
        {
            ["Script"] = script.Text,
            ["Arguments"] = script.Arguments,
            ["Token"] = token,
            ["Room"] = reading.IsWeighed ? 0 : Room,
            ["HasInput"] = script.HasInput,
            ["IsPiped"] = script.IsPiped,
            ["TakesArgument"] = script.TakesArgument,
            ["Preferences"] = script.Preferences,
        };
        return session.Start(Text, new Hashtable { ["__octo"] = command }, reading);
    }
}
