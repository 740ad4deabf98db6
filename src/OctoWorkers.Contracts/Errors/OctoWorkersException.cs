namespace OctoWorkers;

/// <summary>
/// An expected failure of the engine. Its message names the thing, what was found, and the remedy.
/// </summary>
/// <param name="error">The public error id.</param>
/// <param name="message">What happened, to what, and what to do about it.</param>
/// <param name="subject">The name or record that it is about, or null.</param>
/// <param name="inner">The cause, or null.</param>
public class OctoWorkersException(EngineError error, string message, object? subject = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The public error id.</summary>
    public EngineError Error { get; } = error;

    /// <summary>The name or record that the error is about; null when there is none.</summary>
    public object? Subject { get; } = subject;
}
