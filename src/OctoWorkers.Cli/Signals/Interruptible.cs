namespace OctoWorkers.Cli.Signals;

/// <summary>Work that a signal gives up instead of cutting off, so that it leaves nothing half done.</summary>
internal static class Interruptible
{
    /// <summary>Does it; when a signal gave it up, the command ends as by that signal.</summary>
    internal static async Task<T> RunAsync<T>(ISignalSource source, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using SignalQueue signals = new(source);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            throw new InterruptedException(await signals.NextAsync(cancellationToken).ConfigureAwait(false));
        }
    }
}
