using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Remoting;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>A command on workers as a job of the session: what <c>Invoke-WorkerCommand</c> writes is in its streams. Stopping it ends what runs on the workers.</summary>
public sealed class WorkerCommandJob : Job
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<PSObject?> inputs = Channel.CreateUnbounded<PSObject?>(new() { SingleReader = true, SingleWriter = true });
    private readonly WorkerCommandRun run;
    private readonly string place;
    private Task work = Task.CompletedTask;

    internal WorkerCommandJob(WorkerCommandOrder order, string line, string block)
        : base(line, $"WorkerCommand{System.Environment.TickCount64}")
    {
        PSJobTypeName = nameof(WorkerCommandJob);
        Name = $"WorkerCommand{Id}";
        Script = block;
        place = order.Workers.Count > 0 ? string.Join(", ", order.Workers) : order.Pool ?? "the default pool";
        run = new(order, new JobPipelineWriter(this));
    }

    /// <summary>The script block.</summary>
    public string Script { get; }

    /// <inheritdoc/>
    public override bool HasMoreData
        => Output.Count + Error.Count + Warning.Count + Verbose.Count + Debug.Count + Information.Count + Progress.Count > 0;

    /// <inheritdoc/>
    public override string Location => place;

    /// <inheritdoc/>
    public override string StatusMessage => run.Running;

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

    /// <summary>Starts it, and gives it its inputs as they come: it keeps those that wait.</summary>
    internal async Task FeedAsync(ChannelReader<PSObject?> given, CancellationToken cancellationToken)
    {
        SetJobState(JobState.Running);
        work = Task.Run(RunAsync, CancellationToken.None);
        try
        {
            await foreach (PSObject? input in given.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                inputs.Writer.TryWrite(input);
            }
        }
        finally
        {
            inputs.Writer.TryComplete();
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

    private async Task RunAsync()
    {
        JobState end = JobState.Failed;
        try
        {
            await run.RunAsync(inputs.Reader, stopping.Token).ConfigureAwait(false);
            end = JobState.Completed;
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
