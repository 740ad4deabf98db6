namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>The process that gives a channel its two pipes.</summary>
/// <param name="Words">Program and arguments.</param>
/// <param name="Environment">Variables beside those of this process.</param>
/// <param name="Subject">What it reaches, for messages.</param>
/// <param name="IsRemote">Whether it is a client whose exit code 255 says that the machine was not reached.</param>
internal sealed record ClientCommand(
    IReadOnlyList<string> Words,
    IReadOnlyDictionary<string, string> Environment,
    string Subject,
    bool IsRemote);
