using System.Management.Automation;
using System.Threading.Channels;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>
/// Work on the thread pool whose effects are replayed on the pipeline's thread, whenever that thread comes here. Leaving for any reason, also when a downstream
/// command stops the pipeline, cancels the work and waits for it, for a limited time.
/// </summary>
internal sealed class PipelineWork
{
    private readonly PSCmdlet cmdlet;
    private readonly TimeSpan patience;
    private readonly CancellationToken stop;
    private readonly CancellationTokenSource scope;
    private readonly Channel<Action<PSCmdlet>> effects;
    private readonly Task running;
    private Task<bool>? readable;
    private bool isOver;

    private PipelineWork(PSCmdlet cmdlet, int pendingEffects, TimeSpan patience, Func<IPipelineWriter, CancellationToken, Task> work, CancellationToken stop)
    {
        this.cmdlet = cmdlet;
        this.patience = patience;
        this.stop = stop;
        scope = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // Who writes an effect wakes the pipeline's thread itself; ChannelPipelineWriter sees to it that this one is not used for anything else.
        effects = Channel.CreateBounded<Action<PSCmdlet>>(new BoundedChannelOptions(pendingEffects) { SingleReader = true, AllowSynchronousContinuations = true });
        running = Task.Run(() => RunAsync(work, effects.Writer, scope.Token), CancellationToken.None);
    }

    /// <summary>Names what still runs after a stop was asked for and waited for; null: only the cmdlet.</summary>
    internal Func<string>? Unfinished { get; init; }

    /// <summary>Starts work.</summary>
    /// <param name="cmdlet">The cmdlet that it belongs to.</param>
    /// <param name="pendingEffects">How many effects the work may be ahead of the pipeline.</param>
    /// <param name="patience">How long work that was told to stop is waited for.</param>
    /// <param name="work">The work.</param>
    /// <param name="unfinished">Names what still runs after that time; null: nothing in particular.</param>
    /// <param name="stop">The pipeline stops.</param>
    internal static PipelineWork Start(
        PSCmdlet cmdlet, int pendingEffects, TimeSpan patience, Func<IPipelineWriter, CancellationToken, Task> work, Func<string>? unfinished, CancellationToken stop)
        => new(cmdlet, pendingEffects, patience, work, stop) { Unfinished = unfinished };

    /// <summary>Hands an input over as soon as the work takes one, and replays effects meanwhile.</summary>
    /// <returns>Whether it was taken: work that has ended takes none.</returns>
    internal bool Offer<T>(ChannelWriter<T> inputs, T input) => Stay(() =>
    {
        Task<bool>? writable = null;
        while (!isOver)
        {
            ReplayAvailable();
            if (inputs.TryWrite(input))
            {
                return true;
            }

            writable ??= inputs.WaitToWriteAsync(scope.Token).AsTask();
            readable ??= effects.Reader.WaitToReadAsync(scope.Token).AsTask();
            Task first = Task.WhenAny(writable, readable).GetAwaiter().GetResult();
            if (!((Task<bool>)first).GetAwaiter().GetResult())
            {
                return false;
            }

            writable = writable.IsCompleted ? null : writable;
            readable = readable.IsCompleted ? null : readable;
        }

        return false;
    });

    /// <summary>Replays effects until the work has ended.</summary>
    /// <returns>What the work failed with; null when it did not. What a downstream command throws while effects are replayed is thrown.</returns>
    internal Exception? Finish()
    {
        if (isOver)
        {
            return null;
        }

        Stay(() =>
        {
            while ((readable ?? effects.Reader.WaitToReadAsync(scope.Token).AsTask()).GetAwaiter().GetResult())
            {
                readable = null;
                ReplayAvailable();
            }

            return true;
        });
        Leave();
        return !running.IsCompleted || (running.IsCanceled && stop.IsCancellationRequested) ? throw new PipelineStoppedException()
            : running.IsCanceled ? new TaskCanceledException(running)
            : running.Exception?.InnerException;
    }

    /// <summary>Cancels the work, unless it has ended, and waits for it.</summary>
    internal void Leave()
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        scope.Cancel();
        if (Task.WaitAny([running], patience) == 0)
        {
            scope.Dispose();
        }
        else
        {
            WarnOfUnfinished();
        }
    }

    private static async Task RunAsync(
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

    // The engine must not go on working for a pipeline that has gone away.
    private T Stay<T>(Func<T> visit)
    {
        try
        {
            return visit();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Leave();
            throw new PipelineStoppedException();
        }
        catch
        {
            Leave();
            throw;
        }
    }

    private void ReplayAvailable()
    {
        while (effects.Reader.TryRead(out Action<PSCmdlet>? effect))
        {
            effect(cmdlet);
        }
    }

    private void WarnOfUnfinished()
    {
        string what = Unfinished?.Invoke() is { Length: > 0 } names ? $" ({names})" : "";
        try
        {
            cmdlet.WriteWarning(
                $"{cmdlet.MyInvocation.MyCommand.Name} was told to stop {patience.TotalSeconds:0} seconds ago and its work has not ended yet{what}; it goes on in the background.");
        }
        catch (Exception e) when (e is PipelineStoppedException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }
}
