using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>Work on a store as a job of the session: what the cmdlet would write is in the job's streams.</summary>
public abstract class EngineJob : Job
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task work = Task.CompletedTask;
    private volatile int teller;
    private bool isOver;

    private protected EngineJob(string home, string command, string name)
        : base(command, name)
    {
        Home = home;
        PSJobTypeName = GetType().Name;
    }

    /// <inheritdoc/>
    public sealed override bool HasMoreData
        => Output.Count + Error.Count + Warning.Count + Verbose.Count + Debug.Count + Information.Count + Progress.Count > 0;

    /// <summary>The folder of its store.</summary>
    internal string Home { get; }

    /// <summary>Ends with its work.</summary>
    internal Task Ended => ended.Task;

    /// <summary>Why it is stopped, in words for a run's log.</summary>
    private protected string StopReason { get; private set; } = "its job was stopped";

    /// <inheritdoc/>
    public sealed override void StopJob()
    {
        // Receive-Job -AutoRemoveJob removes a job while that tells of its end: its work does not end before this returns.
        if (!work.IsCompleted && teller != Environment.CurrentManagedThreadId)
        {
            BeginStop(StopReason);
            Task.WaitAny([work], PipelinePump.Patience);
        }
    }

    /// <summary>Begins to stop it, without waiting; one whose work has ended stays as it is.</summary>
    /// <param name="why">What a run's log says of it.</param>
    internal void BeginStop(string why)
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            StopReason = why;
            SetJobState(JobState.Stopping);
        }

        stopping.Cancel();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            if (work.IsCompleted)
            {
                stopping.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Begins the work.</summary>
    internal void Start()
    {
        SetJobState(JobState.Running);
        OpenJobs.Add(this);
        work = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>The work.</summary>
    /// <returns>How it ended, where nothing is thrown.</returns>
    private protected abstract Task<JobState> WorkAsync(CancellationToken stopped);

    private async Task RunAsync()
    {
        JobState end = JobState.Failed;
        try
        {
            end = await WorkAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            end = JobState.Stopped;
        }
        catch (OctoWorkersException e)
        {
            Error.Add(ErrorRecords.From(e));
        }
        catch (ObjectDisposedException e)
        {
            Error.Add(ErrorRecords.From(new OctoWorkersException(
                EngineError.StoreUnavailable, $"The store in '{Home}' was closed while the job used it. What the job had begun may go on; Get-RunbookRun tells.", Home, e)));
        }
        catch (Exception e)
        {
            // A bug says so in the job's error stream: there is no other place for it.
            Error.Add(ErrorRecords.Unexpected(e));
        }
        finally
        {
            OpenJobs.Remove(this);
            lock (gate)
            {
                isOver = true;
            }

            teller = Environment.CurrentManagedThreadId;
            SetJobState(end);
            teller = 0;
            ended.SetResult();
        }
    }
}
