using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.PowerShell.Remoting;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>A command on workers as a job of the session: what <c>Invoke-WorkerCommand</c> writes is in its streams. Stopping it ends what runs on the workers.</summary>
public sealed class WorkerCommandJob : EngineJob
{
    private readonly Channel<PSObject?> inputs = Channel.CreateUnbounded<PSObject?>(new() { SingleReader = true, SingleWriter = true });
    private readonly WorkerCommandRun run;
    private readonly string place;

    internal WorkerCommandJob(WorkerCommandOrder order, string line, string block)
        : base(StoreHome.Find(), line, $"WorkerCommand{System.Environment.TickCount64}")
    {
        Name = $"WorkerCommand{Id}";
        Script = block;
        place = order.Workers.Count > 0 ? string.Join(", ", order.Workers) : order.Pool ?? "the default pool";
        run = new(order, new JobPipelineWriter(this));
    }

    /// <summary>The script block.</summary>
    public string Script { get; }

    /// <inheritdoc/>
    public override string Location => place;

    /// <inheritdoc/>
    public override string StatusMessage => run.Running;

    /// <summary>Starts it, and gives it its inputs as they come: it keeps those that wait.</summary>
    internal async Task FeedAsync(ChannelReader<PSObject?> given, CancellationToken cancellationToken)
    {
        Start();
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

    private protected override async Task<JobState> WorkAsync(CancellationToken stopped)
    {
        await run.RunAsync(inputs.Reader, stopped).ConfigureAwait(false);
        return JobState.Completed;
    }
}
