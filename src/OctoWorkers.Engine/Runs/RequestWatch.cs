using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Looks for what others ask of the runs that this process drives: cancels and answers; ends drains that are due, and keeps this process declared alive.</summary>
/// <param name="services">The store and the clock.</param>
/// <param name="deliver">Tells a run that is driven here; others are passed over.</param>
internal sealed class RequestWatch(RunServices services, Action<RunId, Action<DrivenRun>> deliver)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The first failure that is a bug; null: there was none.</summary>
    public Exception? Unforeseen { get; private set; }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long seen = 0;
        try
        {
            while (true)
            {
                try
                {
                    seen = await services.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
                    await services.Store.EndDrainsAsync(services.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                    IReadOnlyList<CancelRequest> requests = await services.Store.GetCancelRequestsAsync(services.Engine, cancellationToken).ConfigureAwait(false);
                    foreach (IGrouping<RunId, CancelRequest> asked in requests.GroupBy(request => request.Run))
                    {
                        deliver(asked.Key, entry => entry.Hear([.. asked]));
                    }

                    IReadOnlyList<InterruptionReply> answers = await services.Store.GetUnheardAnswersAsync(services.Engine, cancellationToken).ConfigureAwait(false);
                    foreach (IGrouping<RunId, InterruptionReply> given in answers.GroupBy(reply => reply.Id.Run))
                    {
                        deliver(given.Key, entry => entry.Hear([.. given]));
                    }

                    services.Store.Renew(services.Engine);
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    // A store that is busy or full for a moment. Cancels and answers stay in it, and are looked for again; also after what is a bug, so that runs can
                    // still be canceled. That is told when all is done.
                    Unforeseen ??= e is OctoWorkersException ? null : e;
                    await Task.Delay(LongestWait, services.Time, cancellationToken).ConfigureAwait(false);
                }

                await Task.Delay(PollPause, services.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
