using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>An open session.</summary>
internal sealed class WorkerSession : IWorkerSession
{
    // A process that is killed is gone by then.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1.5);

    // What changes on its machine, such as the environment of new processes, it does not see.
    private static readonly TimeSpan LongestUse = TimeSpan.FromMinutes(10);
    private readonly long _since = TimeProvider.System.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly OpenedRunspace _opened;
    private readonly Action _closed;
    private Task? _closing;
    private StepPipeline? _pipeline;
    private string? _condition;

    internal WorkerSession(string worker, OpenedRunspace opened, SessionGreeting greeting, string mark, Action closed)
    {
        Worker = worker;
        Greeting = greeting;
        Mark = mark;
        _opened = opened;
        _closed = closed;
    }

    /// <inheritdoc/>
    public string Worker { get; }

    /// <inheritdoc/>
    public Runspace Runspace => _opened.Remote;

    /// <inheritdoc/>
    public SessionGreeting Greeting { get; }

    /// <inheritdoc/>
    public SessionFlow? Flow => (object)Runspace.ConnectionInfo is ProcessConnectionInfo own ? own.Flow : null;

    /// <summary>What the processes of a step carry in their environment.</summary>
    internal string Mark { get; }

    /// <inheritdoc/>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _closing is not null || Runspace.RunspaceStateInfo.State != RunspaceState.Opened;
            }
        }
    }

    /// <summary>Takes note of what it is like, so that it can be told whether it is so after it was used. Where that cannot be said, it never is.</summary>
    /// <exception cref="PSRemotingTransportException">Its connection was lost.</exception>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_opened.Abort is null)
        {
            return;
        }

        try
        {
            _condition = await ConditionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException failure) when (failure is not PSRemotingTransportException)
        {
            // Its language is restricted, for example.
        }
    }

    /// <summary>Whether it is as it was when it was opened, as far as that can be seen, and that was not long ago.</summary>
    internal async Task<bool> IsAsOpenedAsync(CancellationToken cancellationToken)
    {
        if (_condition is null || IsBroken || TimeProvider.System.GetElapsedTime(_since) > LongestUse)
        {
            return false;
        }

        Task<string?> looking = ConditionAsync(cancellationToken);
        _ = looking.ContinueWith(static looked => looked.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await looking.WaitAsync(Moment, TimeProvider.System, cancellationToken).ConfigureAwait(false) == _condition;
        }
        catch (Exception)
        {
            // It is closed, and that says more than its answer could.
            return false;
        }
    }

    /// <summary>Whether a pipeline may wait there for a step: whether what leads to the session bears that.</summary>
    internal bool MayWait => _opened.Abort is not null;

    /// <summary>Lets a pipeline wait for the session's step, if one may.</summary>
    internal void OpenPipeline()
    {
        try
        {
            _pipeline = MayWait ? StepPipeline.Open(Runspace) : null;
        }
        catch (Exception broken) when (broken is InvalidRunspaceStateException or InvalidRunspacePoolStateException)
        {
            // Who is given the session sees that.
        }
    }

    /// <summary>Whether a pipeline waits there.</summary>
    internal bool IsWaiting => Volatile.Read(ref _pipeline) is { HasEnded: false };

    /// <summary>A pipeline that is under way waits for the session's next step.</summary>
    internal void Offer(StepPipeline pipeline) => Volatile.Write(ref _pipeline, pipeline);

    /// <summary>The pipeline that waits for the session's step; null: there is none. Who takes it uses it.</summary>
    internal StepPipeline? TakePipeline()
    {
        StepPipeline? waiting = Interlocked.Exchange(ref _pipeline, null);
        if (waiting is { HasEnded: true })
        {
            waiting.Abandon();
            return null;
        }

        return waiting;
    }

    /// <summary>Ends the pipeline that waits there for a step, if one does: a session does one thing at a time.</summary>
    /// <returns>What it returned.</returns>
    /// <exception cref="RuntimeException">The session broke.</exception>
    internal async Task<IReadOnlyList<PSObject?>> EndPipelineAsync()
    {
        if (TakePipeline() is not { } waiting)
        {
            return [];
        }

        try
        {
            waiting.Complete();
            await waiting.EndAsync().ConfigureAwait(false);
            return waiting.Result;
        }
        finally
        {
            waiting.Abandon();
        }
    }

    /// <summary>Ends the pipeline that waits there for the next step of a run: none comes.</summary>
    /// <returns>Whether the session has left no folder of the run.</returns>
    internal async Task<bool> EndRunAsync()
    {
        // Where none does, the step before has seen to that.
        bool wasAny = Volatile.Read(ref _pipeline) is not null;
        Task<IReadOnlyList<PSObject?>> ending = EndPipelineAsync();
        _ = ending.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return !wasAny || (await ending.WaitAsync(Moment, TimeProvider.System).ConfigureAwait(false)).Any(word => word?.BaseObject is "gone");
        }
        catch (Exception failure) when (failure is RuntimeException or TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ClosingAsync(() => CloseAsync(OpenedRunspace.Patience)).ConfigureAwait(false);

    /// <summary>Closes it: it belongs to no pool.</summary>
    public ValueTask GiveBackAsync(Task<bool> whole) => DisposeAsync();

    /// <summary>
    /// Closes it by ending its process, unless something there waits for an orderly end. A process that has just run something goes on compiling it for as long as opening a session takes;
    /// the worker's next step would share the processor with that.
    /// </summary>
    /// <param name="isEnding">Whether it ends by itself.</param>
    internal Task EndAsync(bool isEnding) => ClosingAsync(() => EndProcessAsync(isEnding));

    private async Task<string?> ConditionAsync(CancellationToken cancellationToken)
        => (await RemoteCall.InvokeAsync(Runspace, RemoteScript.Inspect, [], cancellationToken).ConfigureAwait(false)) is [{ BaseObject: string word }] ? word : null;

    private Task ClosingAsync(Func<Task> close)
    {
        lock (_gate)
        {
            return _closing ??= close();
        }
    }

    private async Task EndProcessAsync(bool isEnding)
    {
        await Task.Yield();
        bool isOver = isEnding || (_opened.Abort is not null && await LeaveAsync().ConfigureAwait(false));

        // What a step left running may hold the connection open.
        await CloseAsync(isOver ? Moment : OpenedRunspace.Patience).ConfigureAwait(false);
    }

    // Whether the process ends, or nobody can tell.
    private async Task<bool> LeaveAsync()
    {
        Task<IReadOnlyList<PSObject>> leaving = RestAndLeaveAsync();
        _ = leaving.ContinueWith(static left => left.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return !(await leaving.WaitAsync(Moment, TimeProvider.System).ConfigureAwait(false)).Any(word => word?.BaseObject is "stays");
        }
        catch (Exception)
        {
            // That it ends is what it was for.
            return true;
        }
    }

    private async Task<IReadOnlyList<PSObject>> RestAndLeaveAsync()
    {
        await EndPipelineAsync().ConfigureAwait(false);
        return await RemoteCall.InvokeAsync(Runspace, RemoteScript.Leave, [], CancellationToken.None).ConfigureAwait(false);
    }

    private async Task CloseAsync(TimeSpan patience)
    {
        await Task.Yield();
        try
        {
            await _opened.CloseAsync(patience).ConfigureAwait(false);
        }
        finally
        {
            TakePipeline()?.Abandon();
            _closed();
        }
    }
}
