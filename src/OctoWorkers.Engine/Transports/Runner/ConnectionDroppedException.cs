namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>An sshd dropped the connection before the login, as one does that has too many logins under way: worth another try.</summary>
/// <param name="message">What happened, with ssh's own words.</param>
/// <param name="worker">The worker's name.</param>
internal sealed class ConnectionDroppedException(string message, string worker)
    : OctoWorkersException(EngineError.WorkerUnavailable, message, worker);
