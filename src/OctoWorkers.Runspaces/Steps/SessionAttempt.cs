using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>An attempt that runs in a session.</summary>
internal sealed class SessionAttempt : IStepListener, IAsyncDisposable
{
    private const int EndedBySignal = 143;

    // Which of both came first: somebody stops it, or it says that it is over.
    private const int Stopped = 1;
    private const int Over = 2;
    private readonly RentedSession _session;
    private readonly StepPipeline _pipeline;
    private readonly Func<RentedSession, bool>? _keeps;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MachineName _worker;
    private readonly ReadOnlyMemory<byte> _records;
    private int _way;
    private AfterStep _after = AfterStep.EndPipeline;

    private SessionAttempt(MachineName worker, AttemptStart start, StepFolder folder, RentedSession session, Func<RentedSession, bool>? keeps, string? warning)
    {
        _worker = worker;
        _session = session;
        _keeps = keeps;
        Ticket = start.Ticket;
        Output = new(start.Ticket);
        _records = start.Input;
        if (warning is not null)
        {
            Output.Write(OutputKind.Out, StepUserInterface.OfLevel("warning", warning));
        }

        _pipeline = session.TakePipeline() ?? StepPipeline.Open(session.Runspace);
        try
        {
            _pipeline.Start(StepOf(start, folder), this);
            if (!session.MayWait)
            {
                _pipeline.Complete();
            }
        }
        catch
        {
            _pipeline.Abandon();
            throw;
        }
    }

    /// <summary>The attempt's ticket.</summary>
    internal string Ticket { get; }

    /// <summary>What it wrote, and how it ended.</summary>
    public AttemptOutput Output { get; }

    /// <summary>The session that it runs in.</summary>
    internal RentedSession Session => _session;

    /// <summary>What its processes carry in their environment.</summary>
    internal string Mark => $"{_session.Mark}-{Ticket}.";

    /// <summary>What the first ending of it that named a process did; null: there was none.</summary>
    internal TerminationReceipt? Receipt { get; set; }

    /// <summary>Ends when the attempt has, and its session is kept or being closed; never fails.</summary>
    internal Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Whether its session has told of its end while the pipeline was under way. One that ends with its pipeline is not told so.</summary>
    internal bool HasToldItsEnd => _over.Task.IsCompleted;

    /// <summary>Whether it has come to its end, and its session is its run's again.</summary>
    internal bool IsKept { get; private set; }

    // Whether the session keeps for the next step of the run what is alike for both: what both are given, and the folders above theirs. Windows removes no folder that a process is in.
    private bool IsForNext => _keeps is not null && _session.MayWait && _session.Greeting.OperatingSystem != "Windows";

    private bool IsStopped => Volatile.Read(ref _way) == Stopped;

    /// <summary>Whether it has ended and its folder is not there any more, since nothing was in it.</summary>
    internal bool LeftNothing { get; private set; }

    /// <summary>Where the attempt stands.</summary>
    internal TicketOnWorker State
        => new(Ticket, Output.Exited is not null ? TicketState.Exited : Ended.IsCompleted ? TicketState.Lost : TicketState.Running, Output.Exited?.ExitCode);

    /// <summary>Starts it.</summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="start">What.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="session">A session for it alone.</param>
    /// <param name="keeps">Asked when it has ended by itself, its session whole, and before anybody hears of that: whether somebody keeps the session; null: nobody does.</param>
    /// <param name="warning">What its log says first; null: nothing.</param>
    internal static SessionAttempt Start(
        MachineName worker, AttemptStart start, StepFolder folder, RentedSession session, Func<RentedSession, bool>? keeps, string? warning = null)
    {
        SessionAttempt attempt = new(worker, start, folder, session, keeps, warning);
        attempt.Ended = attempt.RunAsync();
        return attempt;
    }

    /// <inheritdoc/>
    public AfterStep Hear(StepEnd end)
    {
        bool mayWait = end.MayWait && _session.MayWait && (_keeps is not null || _session.MayDeferEnd);
        if (!(mayWait || (_keeps is null && end.MayEnd)) || !TryGo(Over))
        {
            // Who stops it ends the session too, and wants to see what that ended.
            _pipeline.Complete();
            return AfterStep.EndPipeline;
        }

        int code = _pipeline.ExitCode ?? end.ExitCode;
        if (mayWait)
        {
            // Before anybody keeps it: the next step wants that.
            _pipeline.Rest(IsForNext ? _records : null);
            _session.Offer(_pipeline);
        }

        IsKept = mayWait && _keeps?.Invoke(_session) == true;
        LeftNothing = end.LeftNothing && (IsKept || !IsForNext);
        _after = IsKept || (mayWait && _keeps is null) ? AfterStep.Wait : end.MayEnd ? AfterStep.End : AfterStep.EndPipeline;
        if (_after != AfterStep.Wait)
        {
            _pipeline.Complete();
        }

        // Who hears of the end may start the next step at once, in this session.
        Output.Exit(code);
        _over.TrySetResult();
        return _after;
    }

    /// <summary>Stops the script, as Ctrl+C would; returns when it has stopped, or when somebody need not wait any more.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!TryStop())
        {
            return;
        }

        Output.LetGo();
        if (_session.IsBroken)
        {
            return;
        }

        try
        {
            await _pipeline.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is RuntimeException or ObjectDisposedException or OperationCanceledException)
        {
            // What does not stop is ended.
        }
    }

    /// <summary>Closes the session, whatever runs in it.</summary>
    public async ValueTask DisposeAsync()
    {
        TryStop();
        Output.LetGo();

        // No pipeline whose input is still open ends with its session for sure.
        _pipeline.Complete();
        await _session.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    // What the session needs for it.
    private Hashtable StepOf(AttemptStart start, StepFolder folder)
    {
        Hashtable step = new()
        {
            ["Environment"] = new Hashtable(start.Environment.ToDictionary(variable => (object)variable.Key, variable => (object)variable.Value)),
            ["Folder"] = folder.Path,
            ["Above"] = folder.Above,
            ["Ticket"] = start.Ticket,
            ["Mark"] = Mark,
            ["MayWait"] = _session.MayWait,
            ["IsKept"] = IsForNext,
            ["Arguments"] = start.Arguments.SelectMany(ArgumentsOf).ToArray(),
        };
        string? changes = IsForNext && _pipeline.Given is { } given ? StepRecords.Changes(given.Span, _records.Span) : null;
        step.Add(changes is null ? "Records" : "Changes", changes ?? System.Text.Encoding.UTF8.GetString(_records.Span));
        return step;
    }

    // As 'pwsh -File' does: a word with a dash names a parameter. PowerShell knows such a word among the arguments of a script by this property.
    private static IEnumerable<object> ArgumentsOf(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] == '_'))
        {
            return [argument];
        }

        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        PSObject name = new(colon < 0 ? argument : argument[..(colon + 1)]);
        name.Properties.Add(new PSNoteProperty("<CommandParameterName>", colon < 0 ? argument[1..] : argument[1..colon]));
        return colon < 0 ? [name]
            : argument[(colon + 1)..].ToUpperInvariant() switch
            {
                "$TRUE" => [name, true],
                "$FALSE" => [name, false],
                _ => [name, argument[(colon + 1)..]],
            };
    }

    /// <summary>Somebody stops it: from now on it cannot end by itself, and nobody keeps its session.</summary>
    /// <returns>Whether that is so; otherwise it is ending by itself.</returns>
    internal bool TryStop() => TryGo(Stopped) || IsStopped;

    private bool TryGo(int way) => Interlocked.CompareExchange(ref _way, way, 0) == 0;

    private async Task RunAsync()
    {
        await Task.Yield();
        Task ended = _pipeline.EndAsync();
        await Task.WhenAny(ended, _over.Task).ConfigureAwait(false);
        try
        {
            int code;
            try
            {
                if (HasToldItsEnd)
                {
                    return;
                }

                await ended.ConfigureAwait(false);
                IReadOnlyList<PSObject?> result = _pipeline.Result;
                code = _pipeline.ExitCode ?? (result.Count > 0 && result[^1]?.BaseObject is int last ? last : 0);
                if (_pipeline.ExitCode is not null && !_session.IsBroken)
                {
                    result = await RemoteCall.InvokeAsync(_session.Runspace, RemoteScript.Failed, [false], CancellationToken.None).ConfigureAwait(false);
                }

                LeftNothing = result.Any(word => word?.BaseObject is "gone");
            }
            catch (PipelineStoppedException)
            {
                code = EndedBySignal;
            }
            catch (RuntimeException failure) when (failure is not PSRemotingTransportException && !_session.IsBroken && !IsStopped)
            {
                await TellAsync(failure).ConfigureAwait(false);
                code = 1;
            }

            if (!IsStopped && _session.IsBroken)
            {
                Output.Fail(Lost(_session.Runspace.RunspaceStateInfo.Reason));
            }

            // Who hears of the end may start the next step at once, in this session. Who stops it ends the session too, and wants to see what that ended.
            IsKept = TryGo(Over) && !_session.IsBroken && _keeps?.Invoke(_session) == true;
            Output.Exit(code);
        }
        catch (Exception failure)
        {
            if (IsStopped)
            {
                Output.Exit(EndedBySignal);
            }

            Output.Fail(Lost(failure));
        }
        finally
        {
            if (!IsStopped && !IsKept)
            {
                // Nobody who wants the result waits for that; who disposes of the attempt does.
                _session.Retire(_after);
            }

            // A pipeline that waits for the next step is that one's.
            if (!IsKept || !HasToldItsEnd)
            {
                _pipeline.Abandon();
            }
        }
    }

    private async Task TellAsync(RuntimeException failure)
    {
        IReadOnlyList<PSObject> told = await RemoteCall.InvokeAsync(_session.Runspace, RemoteScript.Failed, [true], CancellationToken.None).ConfigureAwait(false);
        string text = string.Join('\n', told.Select(line => line.ToString()));
        Output.Write(OutputKind.Error, (text.Length > 0 ? text : failure.Message) + "\n");
    }

    private OctoWorkersException Lost(Exception? failure)
        => new(
            EngineError.OutcomeUnknown,
            $"The PowerShell session on {_worker.Within} was lost while the step ran in it, so what became of the step is unknown."
            + (failure is null ? "" : $" {SessionFailure.Said(failure)}"), _worker.Name, failure);
}
