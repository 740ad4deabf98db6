namespace OctoWorkers.Engine.Logs;

/// <summary>Carries out what a script asks for by service messages.</summary>
internal interface IServiceMessages
{
    /// <summary>Reads what one asks for, and changes nothing yet.</summary>
    /// <returns>Carries it out; gives what the log is to say about it as a warning, null when there is nothing to say.</returns>
    /// <exception cref="FormatException">It lacks something, or something in it cannot be read; the message says what.</exception>
    Func<string?> Prepare(ServiceMessage message);
}
