namespace OctoWorkers.Engine.Workers;

/// <summary>Bounds the wait for a worker: one that says nothing for too long counts as unavailable, like one whose connection broke.</summary>
internal static class WorkerAnswer
{
    /// <summary>How long a worker may take to answer a command that it answers at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Whether an error says something of a worker or of the way to it, not of the engine or its store.</summary>
    public static bool IsMissing(EngineError error)
        => error is EngineError.WorkerUnavailable or EngineError.WorkerUnusable or EngineError.ProtocolViolation;

    /// <summary>Waits for an answer.</summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="patience">The longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnavailable"/> when none came in time.</exception>
    public static async Task<T> WithinAsync<T>(
        string worker, TimeSpan patience, TimeProvider time, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource tooLong = new(patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnavailable, $"Worker '{worker}' did not answer within {patience.TotalSeconds:0} seconds.", worker);
        }
    }
}
