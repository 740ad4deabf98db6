using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>
/// Base of the cmdlets that work on many inputs at once: one task from the beginning to the end of the pipeline, fed by a bounded channel of inputs, its effects
/// replayed whenever an input comes. Inputs wait while the work is behind, and the work waits while the pipeline is.
/// </summary>
/// <typeparam name="TInput">What the pipeline gives.</typeparam>
public abstract class StreamingCmdlet<TInput> : PSCmdlet, IDisposable
{
    private const int PendingInputs = 64;
    private const int PendingEffects = 64;

    /// <summary>How long work that was told to stop is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The assembly that we compile against predates Cmdlet.PipelineStopToken.
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<TInput> inputs = Channel.CreateBounded<TInput>(new BoundedChannelOptions(PendingInputs) { SingleReader = true, SingleWriter = true });
    private PipelineWork? running;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        try
        {
            Prepare();
        }
        catch (OctoWorkersException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }

        running = PipelineWork.Start(this, PendingEffects, Patience, RunAsync, DescribeUnfinished, stopping.Token);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (TInput input in Take())
        {
            if (!running!.Offer(inputs.Writer, input))
            {
                // Work that ends before its inputs do says why.
                Finish();
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        inputs.Writer.TryComplete();
        Finish();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>What must happen on the pipeline's thread before the work begins: reading variables and functions of the session.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>The inputs that the parameters hold now.</summary>
    protected abstract IEnumerable<TInput> Take();

    /// <summary>Does the cmdlet's work.</summary>
    /// <param name="session">The store and the engine.</param>
    /// <param name="given">The inputs, as they come.</param>
    /// <param name="pipeline">Where effects go.</param>
    /// <param name="cancellationToken">The pipeline stops.</param>
    protected abstract Task ProcessAsync(EngineSession session, ChannelReader<TInput> given, IPipelineWriter pipeline, CancellationToken cancellationToken);

    /// <summary>Names what runs now, for the warning that it could not be stopped in time.</summary>
    protected virtual string DescribeUnfinished() => "";

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what still runs.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            running?.Leave();
            stopping.Dispose();
        }
    }

    private async Task RunAsync(IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        try
        {
            EngineSession session = await OpenSessions.CurrentAsync(cancellationToken).ConfigureAwait(false);
            await ProcessAsync(session, inputs.Reader, pipeline, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            inputs.Writer.TryComplete();
        }
    }

    // A failure of the whole ends the pipeline: there may be inputs without end.
    private void Finish()
    {
        Exception? failure = running!.Finish();
        if (failure is OctoWorkersException expected)
        {
            ThrowTerminatingError(ErrorRecords.From(expected));
        }
        else if (failure is not null)
        {
            PipelinePump.Throw(this, failure);
        }
    }
}
