namespace OctoWorkers.Engine.Transports;

/// <summary>An attempt to be started on a worker.</summary>
/// <param name="Run">The run, as entered on the worker: letters, digits and '-'.</param>
/// <param name="FencingToken">The owner's token.</param>
/// <param name="Ticket">Made by the caller, unique in the store for ever: letters, digits and '-', at most 64 of them.</param>
/// <param name="Interpreter">The interpreter and its own arguments: <c>bash</c>. The script's path and the arguments follow it.</param>
/// <param name="Script">The script's bytes, handed over as they are.</param>
public sealed record AttemptStart(
    string Run,
    long FencingToken,
    string Ticket,
    IReadOnlyList<string> Interpreter,
    ReadOnlyMemory<byte> Script)
{
    /// <summary>
    /// What the interpreter reads from its descriptor 3, a pipe that the worker's runner fills from memory; no NUL in it. Empty: descriptor 3 is closed.
    /// It never stands in an argument, the environment or a regular file, so that this is the way for secrets.
    /// </summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Arguments of the script; no NUL in them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Extra environment variables, by name; names are POSIX names, no NUL in values.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
