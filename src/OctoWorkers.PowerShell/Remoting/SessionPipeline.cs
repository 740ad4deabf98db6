using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Transports;
using Shell = System.Management.Automation.PowerShell;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A pipeline on a worker that takes inputs while it runs, and whose streams come in the order in which they were written.</summary>
internal sealed class SessionPipeline : IDisposable
{
    private readonly Shell shell;
    private readonly SessionWatch watch;
    private readonly CancellationTokenRegistration losing;
    private readonly PSDataCollection<PSObject?> inputs = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PipelineFlow? flow;
    private readonly bool isWeighed;
    private readonly string? mark;
    private volatile bool hasAnswered;

    /// <summary>Starts one.</summary>
    /// <param name="runspace">The session; it has no other pipeline.</param>
    /// <param name="watch">Tells when it is gone.</param>
    /// <param name="script">The script.</param>
    /// <param name="parameters">Its parameters, by name.</param>
    /// <param name="reading">How its results are taken; null: all of them are wanted as soon as they come.</param>
    internal SessionPipeline(Runspace runspace, SessionWatch watch, string script, IDictionary parameters, PipelineReading? reading)
        : this(runspace, watch, shell => shell.AddScript(script, useLocalScope: true).AddParameters(parameters), takesInput: true, reading)
    {
    }

    /// <summary>Starts one that takes no input.</summary>
    /// <param name="runspace">The session; it has no other pipeline.</param>
    /// <param name="watch">Tells when it is gone.</param>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    /// <param name="reading">How its results are taken.</param>
    internal SessionPipeline(Runspace runspace, SessionWatch watch, string script, IEnumerable<object?> arguments, PipelineReading reading)
        : this(runspace, watch, shell => AddArguments(shell.AddScript(script, useLocalScope: true), arguments), takesInput: false, reading)
    {
    }

    private SessionPipeline(Runspace runspace, SessionWatch watch, Action<Shell> say, bool takesInput, PipelineReading? reading)
    {
        this.watch = watch;
        shell = Shell.Create();
        shell.Runspace = runspace;
        say(shell);
        if (!takesInput)
        {
            inputs.Complete();
        }

        if (reading?.UsingValues is { Count: > 0 } values)
        {
            // The name by which PowerShell itself hands such values over.
            shell.AddParameter("--%", values);
        }

        mark = reading?.Mark;
        flow = reading?.Watch(shell.InstanceId);
        isWeighed = reading?.IsWeighed ?? false;
        Records = new(gathers: reading is not null);
        shell.Streams.Error = new StreamCollection<ErrorRecord>(record => Receive(SessionRecordKind.Error, record));
        shell.Streams.Warning = new StreamCollection<WarningRecord>(record => Receive(SessionRecordKind.Warning, record));
        shell.Streams.Verbose = new StreamCollection<VerboseRecord>(record => Receive(SessionRecordKind.Verbose, record));
        shell.Streams.Debug = new StreamCollection<DebugRecord>(record => Receive(SessionRecordKind.Debug, record));
        shell.Streams.Information = new StreamCollection<InformationRecord>(record => Receive(SessionRecordKind.Information, record));
        shell.Streams.Progress = new StreamCollection<ProgressRecord>(record => Receive(SessionRecordKind.Progress, record));
        StreamCollection<PSObject> output = new(ReceiveOutput);
        shell.InvocationStateChanged += OnStateChanged;
        try
        {
            SessionHost host = new(mark, () => flow?.Enter());
            shell.BeginInvoke(inputs, output, new() { Host = host, RemoteStreamOptions = RemoteStreamOptions.AddInvocationInfo }, null, null);
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException or InvalidRunspaceStateException or InvalidRunspacePoolStateException)
        {
            // It broke before anything ran there.
            End(SessionRecordKind.Lost, e);
        }

        losing = watch.Lost.Register(OnLost);
    }

    /// <summary>What comes; the last record is one of the ends.</summary>
    internal SessionRecords Records { get; }

    /// <summary>Whether it has ended, in whatever way.</summary>
    internal bool HasEnded => ended.Task.IsCompleted;

    private bool TakesInput => !HasEnded && inputs.IsOpen;

    /// <summary>Whether all has come that belongs to the input that was sent last.</summary>
    internal bool HasAnswered => hasAnswered || HasEnded;

    /// <summary>For how long altogether it stood still, because what it had written was not taken.</summary>
    internal TimeSpan Stood => flow?.Waited ?? TimeSpan.Zero;

    /// <summary>Records have been taken: others may come.</summary>
    /// <param name="count">How many.</param>
    internal void Taken(int count) => flow?.Take(count);

    /// <summary>Sends an input.</summary>
    internal void Send(object? input)
    {
        hasAnswered = false;
        if (TakesInput)
        {
            try
            {
                inputs.Add(input is null ? null : PSObject.AsPSObject(input));
            }
            catch (Exception) when (HasEnded || watch.Lost.IsCancellationRequested)
            {
                // A session that breaks meanwhile throws whatever it stumbles over; that it is gone comes as a record.
            }
        }
    }

    /// <summary>Says that no more inputs come.</summary>
    internal void CompleteInput()
    {
        if (TakesInput)
        {
            try
            {
                inputs.Complete();
            }
            catch (Exception)
            {
                // It breaks, as above: nothing else can go wrong here.
            }
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Whether it has, within that time.</returns>
    internal async Task<bool> WaitAsync(TimeSpan patience)
    {
        await ended.Task.WaitAsync(patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.Task.IsCompleted;
    }

    /// <summary>Stops it, and with it what it started. What still comes is thrown away: the answer comes after it.</summary>
    /// <returns>Whether it has ended, within that time.</returns>
    internal async Task<bool> StopAsync(TimeSpan patience)
    {
        Records.Discard();
        Stop();
        return await WaitAsync(patience).ConfigureAwait(false);
    }

    /// <summary>Begins to stop it, and with it what it started. What has come stays.</summary>
    internal void Stop()
    {
        Records.Refuse();
        flow?.Dispose();
        if (!HasEnded)
        {
            // If the session breaks while it is being stopped, PowerShell fails at closing an input that is still open, and never tells of the end.
            CompleteInput();
            shell.BeginStop(static _ => { }, null);
        }
    }

    /// <summary>Does not wait for its end any more.</summary>
    internal void GiveUp() => End(SessionRecordKind.Stopped, null);

    /// <summary>Lets go of it. One that has not ended ends with its session.</summary>
    public void Dispose()
    {
        losing.Dispose();
        CompleteInput();
        Records.Discard();
        flow?.Dispose();
        if (shell.InvocationStateInfo.State is PSInvocationState.Completed or PSInvocationState.Failed or PSInvocationState.Stopped)
        {
            shell.Dispose();
        }
    }

    private static void AddArguments(Shell shell, IEnumerable<object?> arguments)
    {
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }
    }

    private void ReceiveOutput(PSObject? value)
    {
        bool isMark = mark is not null && value?.BaseObject is string text && text == mark;
        hasAnswered |= isMark;
        Receive(isMark ? SessionRecordKind.Mark : SessionRecordKind.Output, value, isMark);
    }

    private void Receive(SessionRecordKind kind, object? value, bool isAwaited = false)
    {
        if (!isWeighed)
        {
            flow?.Add(0);
        }

        Records.Add(new(kind, value), isAwaited);
    }

    private void OnStateChanged(object? sender, PSInvocationStateChangedEventArgs e)
    {
        switch (e.InvocationStateInfo.State)
        {
            case PSInvocationState.Completed:
                End(SessionRecordKind.Ended, null);
                break;
            case PSInvocationState.Stopped:
                End(SessionRecordKind.Stopped, null);
                break;
            case PSInvocationState.Failed:
                End(SessionRecordKind.Failed, e.InvocationStateInfo.Reason);
                break;
            default:
                break;
        }
    }

    private void OnLost() => End(SessionRecordKind.Lost, watch.Reason);

    private void End(SessionRecordKind kind, object? reason)
    {
        Records.Complete(new(kind, reason));
        ended.TrySetResult();
    }
}
