using System.Management.Automation;
using OctoWorkers.PowerShell.Following;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>A run as a job of the session: what <c>Invoke-Runbook</c> writes is in its streams. Stopping it cancels the run.</summary>
public sealed class RunbookJob : Job
{
    private readonly EngineSession session;
    private readonly CancellationTokenSource stopping = new();
    private Task work = Task.CompletedTask;
    private volatile string status = "";

    internal RunbookJob(EngineSession session, string runbook, string command)
        : base(command, runbook)
    {
        this.session = session;
        PSJobTypeName = nameof(RunbookJob);
    }

    /// <summary>The run; null until it was created.</summary>
    public RunId? Run { get; private set; }

    /// <inheritdoc/>
    public override bool HasMoreData
        => Output.Count + Error.Count + Warning.Count + Verbose.Count + Debug.Count + Information.Count + Progress.Count > 0;

    /// <inheritdoc/>
    public override string Location => Environment.MachineName;

    /// <inheritdoc/>
    public override string StatusMessage => status;

    internal void Start(Func<CancellationToken, Task<RunRecord>> start)
    {
        SetJobState(JobState.Running);
        work = Task.Run(() => RunAsync(start));
    }

    /// <inheritdoc/>
    public override void StopJob()
    {
        if (!work.IsCompleted)
        {
            SetJobState(JobState.Stopping);
            stopping.Cancel();
            Task.WaitAny([work], PipelinePump.Patience);
        }
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

    private async Task RunAsync(Func<CancellationToken, Task<RunRecord>> start)
    {
        JobState end = JobState.Failed;
        try
        {
            RunRecord run = await start(stopping.Token).ConfigureAwait(false);
            Run = run.Id;
            status = run.Id.ToString();
            await RunFollower.FollowOrCancelAsync(session, new JobPipelineWriter(this), run, stopping.Token).ConfigureAwait(false);
            end = Error.Count == 0 ? JobState.Completed : JobState.Failed;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            end = JobState.Stopped;
        }
        catch (OctoWorkersException e)
        {
            Error.Add(ErrorRecords.From(e));
        }
        catch (Exception e)
        {
            // A bug says so in the job's error stream: there is no other place for it.
            Error.Add(ErrorRecords.Unexpected(e));
        }
        finally
        {
            SetJobState(end);
        }
    }
}
