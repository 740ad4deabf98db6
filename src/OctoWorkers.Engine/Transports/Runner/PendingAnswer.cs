namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>A command that waits for its answer.</summary>
/// <param name="follower">Who takes the output that may come right after the answer; null: none will.</param>
internal sealed class PendingAnswer(AttemptFollower? follower)
{
    private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AttemptFollower? Follower => follower;

    internal Task<Answer> Task => _answer.Task;

    internal void TrySetResult(Answer answer) => _answer.TrySetResult(answer);

    internal void TrySetException(Exception failure)
    {
        _answer.TrySetException(failure);
        _ = _answer.Task.Exception;
    }
}
