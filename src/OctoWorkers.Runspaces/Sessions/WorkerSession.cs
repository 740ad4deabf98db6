using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>An open session.</summary>
internal sealed class WorkerSession : IWorkerSession
{
    private readonly Lock _gate = new();
    private readonly OpenedRunspace _opened;
    private readonly Action _closed;
    private Task? _closing;
    private StepPipeline? _pipeline;

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

    /// <summary>Lets a pipeline wait for the session's step, where what leads to the session bears that.</summary>
    internal void OpenPipeline()
    {
        try
        {
            _pipeline = _opened.Abort is null ? null : StepPipeline.Open(Runspace);
        }
        catch (Exception broken) when (broken is InvalidRunspaceStateException or InvalidRunspacePoolStateException)
        {
            // Who is given the session sees that.
        }
    }

    /// <summary>The pipeline that waits for the session's step; null: there is none. Who takes it uses it.</summary>
    internal StepPipeline? TakePipeline() => Interlocked.Exchange(ref _pipeline, null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ClosingAsync(CloseAsync).ConfigureAwait(false);

    /// <summary>
    /// Closes it by ending its process, unless something there waits for an orderly end. A process that has just run something goes on compiling it for as long as opening a session takes;
    /// the worker's next step would share the processor with that.
    /// </summary>
    internal Task EndAsync() => ClosingAsync(EndProcessAsync);

    private Task ClosingAsync(Func<Task> close)
    {
        lock (_gate)
        {
            return _closing ??= close();
        }
    }

    private async Task EndProcessAsync()
    {
        await Task.Yield();
        try
        {
            if (_opened.Abort is not null)
            {
                await RemoteCall.InvokeAsync(Runspace, RemoteScript.Leave, [], CancellationToken.None).WaitAsync(OpenedRunspace.Patience, TimeProvider.System).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // That its process ended is what it was for; whatever else it was, the session is closed now.
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        await Task.Yield();
        try
        {
            await _opened.CloseAsync().ConfigureAwait(false);
            TakePipeline()?.Dispose();
        }
        finally
        {
            _closed();
        }
    }
}
