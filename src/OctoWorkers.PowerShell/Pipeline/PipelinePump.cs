using System.Management.Automation;
using System.Threading.Channels;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>
/// Runs work on the thread pool and replays its effects on the pipeline's thread. Leaving for any reason, also when a downstream command stops
/// the pipeline, cancels the work and waits for it, at most <see cref="Patience"/>.
/// </summary>
internal static class PipelinePump
{
    private const int PendingEffects = 64;

    /// <summary>How long work that was told to stop is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static void Run(PSCmdlet cmdlet, Func<IPipelineWriter, CancellationToken, Task> work, CancellationToken stop)
    {
        CancellationTokenSource scope = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Channel<Action<PSCmdlet>> effects = Channel.CreateBounded<Action<PSCmdlet>>(PendingEffects);
        Task running = Task.Run(() => RunWorkAsync(work, effects.Writer, scope.Token), CancellationToken.None);
        try
        {
            Drain(cmdlet, effects.Reader, scope.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // The engine must not go on working for a pipeline that has gone away.
            scope.Cancel();
            if (Task.WaitAny([running], Patience) == 0)
            {
                scope.Dispose();
            }
            else
            {
                WarnOfUnfinished(cmdlet);
            }
        }

        Report(cmdlet, running, stop);
    }

    private static async Task RunWorkAsync(
        Func<IPipelineWriter, CancellationToken, Task> work, ChannelWriter<Action<PSCmdlet>> effects, CancellationToken cancellationToken)
    {
        try
        {
            await work(new ChannelPipelineWriter(effects, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            effects.TryComplete();
        }
    }

    private static void Drain(PSCmdlet cmdlet, ChannelReader<Action<PSCmdlet>> effects, CancellationToken cancellationToken)
    {
        while (effects.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
        {
            while (effects.TryRead(out Action<PSCmdlet>? effect))
            {
                effect(cmdlet);
            }
        }
    }

    private static void WarnOfUnfinished(PSCmdlet cmdlet)
    {
        try
        {
            cmdlet.WriteWarning($"{cmdlet.MyInvocation.MyCommand.Name} was told to stop {Patience.TotalSeconds:0} seconds ago and its work has not ended yet; it goes on in the background.");
        }
        catch (PipelineStoppedException)
        {
            // Nobody listens any more.
        }
    }

    private static void Report(PSCmdlet cmdlet, Task finished, CancellationToken stop)
    {
        if (!finished.IsCompleted)
        {
            throw new PipelineStoppedException();
        }

        try
        {
            finished.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (OctoWorkersException e)
        {
            cmdlet.WriteError(ErrorRecords.From(e));
        }
        catch (RuntimeException)
        {
            // What PowerShell itself threw while an effect was replayed or a question answered.
            throw;
        }
        catch (Exception e)
        {
            // Includes a cancellation that nobody here asked for: a bug, not a stop.
            cmdlet.ThrowTerminatingError(ErrorRecords.Unexpected(e));
        }
    }
}
