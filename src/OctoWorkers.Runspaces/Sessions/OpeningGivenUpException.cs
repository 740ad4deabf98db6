namespace OctoWorkers.Runspaces.Sessions;

/// <summary>The opening of a session was given up: a cancellation that knows how far it had come.</summary>
/// <param name="found">How far, and what to look after there: whole sentences.</param>
/// <param name="cause">The cancellation.</param>
internal sealed class OpeningGivenUpException(string found, OperationCanceledException cause) : OperationCanceledException(cause.Message, cause, cause.CancellationToken)
{
    /// <summary>How far it had come, and what to look after there.</summary>
    internal string Found { get; } = found;
}
