namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Somebody who waits for a session.</summary>
/// <param name="isUnused">Whether nobody may have used it before.</param>
internal sealed class SessionRequest(bool isUnused)
{
    private readonly TaskCompletionSource<WorkerSession> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether nobody may have used it before.</summary>
    internal bool IsUnused { get; } = isUnused;

    /// <summary>The session.</summary>
    internal Task<WorkerSession> Session => _turn.Task;

    /// <summary>Gives it.</summary>
    internal void Give(WorkerSession session) => _turn.SetResult(session);

    /// <summary>Tells that there is none, and why.</summary>
    internal void Fail(Exception failure) => _turn.SetException(failure);
}
