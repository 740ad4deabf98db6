namespace OctoWorkers.Storage.Sqlite;

/// <summary>A piece of work for the writer that has a result.</summary>
/// <param name="work">The work; it may be repeated when a transaction that it shared with others failed.</param>
internal sealed class ResultOperation<T>(Func<SqliteSession, T> work) : WriteOperation
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration registration;
    private T result = default!;

    internal Task<T> Task => completion.Task;

    internal override void Work(SqliteSession session) => result = work(session);

    internal override void Complete()
    {
        completion.TrySetResult(result);
        registration.Dispose();
    }

    internal override void Fail(Exception exception)
    {
        completion.TrySetException(exception);
        registration.Dispose();
    }

    /// <summary>Cancels it while it has not started; called before anybody can start it.</summary>
    internal void GiveUpWith(CancellationToken cancellationToken)
        => registration = cancellationToken.UnsafeRegister(
            static (operation, token) =>
            {
                ResultOperation<T> self = (ResultOperation<T>)operation!;
                if (self.TryGiveUp())
                {
                    self.completion.TrySetCanceled(token);
                }
            },
            this);
}
