using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Following;

/// <summary>Follows a run: its log on the streams, its progress, at its end the run as an object, and an error unless it succeeded.</summary>
internal static class RunFollower
{
    /// <summary>How long the end of a run that was canceled because nobody follows it any more is waited for.</summary>
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(20);

    /// <summary>Follows to the end.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="pipeline">Where everything goes.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops following; the run goes on.</param>
    internal static async Task<RunDetails> FollowAsync(EngineSession session, IPipelineWriter pipeline, RunRecord run, CancellationToken cancellationToken)
    {
        Dictionary<int, string> names = run.Request.Snapshot.Steps.Select((step, index) => (Number: index + 1, step.Name)).ToDictionary(step => step.Number, step => step.Name);
        RunLogStreams streams = new(pipeline, names);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        RunProgress progress = new(session, pipeline, run.Id);
        Task showing = progress.ShowAsync(ended.Token);
        try
        {
            await foreach (LogLine line in session.Engine.ReadLogAsync(run.Id, 0, null, follow: true, cancellationToken).ConfigureAwait(false))
            {
                await streams.WriteAsync(line).ConfigureAwait(false);
            }

            await session.Engine.WaitForRunAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await progress.CloseAsync().ConfigureAwait(false);
        RunDetails details = await session.Engine.GetRunDetailsAsync(run.Id, cancellationToken).ConfigureAwait(false);
        await pipeline.WriteObjectAsync(details).ConfigureAwait(false);
        if (RunFailureRecord.Of(details) is { } failure)
        {
            await pipeline.WriteErrorAsync(failure).ConfigureAwait(false);
        }

        return details;
    }

    /// <summary>Follows a run that is canceled when its follower goes away, as a pipeline's work ends with the pipeline.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="pipeline">Where everything goes.</param>
    /// <param name="run">The run.</param>
    /// <param name="why">What the run's log says when it is canceled.</param>
    /// <param name="cancellationToken">The follower goes away.</param>
    internal static async Task FollowOrCancelAsync(EngineSession session, IPipelineWriter pipeline, RunRecord run, Func<string> why, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(session, pipeline, run, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            using CancellationTokenSource enough = new(CancelPatience);
            try
            {
                await session.Engine.CancelRunAsync(run.Id, why(), enough.Token).ConfigureAwait(false);
                await session.Engine.WaitForRunAsync(run.Id, enough.Token).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.InvalidRunState)
            {
                // It ended in between.
            }

            throw;
        }
    }
}
