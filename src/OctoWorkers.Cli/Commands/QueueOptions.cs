using System.CommandLine;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Commands;

/// <summary>The options that say where a run stands in the queue, and for how long.</summary>
/// <param name="source">What counts when they are not given.</param>
internal sealed class QueueOptions(string source)
{
    private readonly Option<string?> priority = new("--priority")
    {
        Description = $"Which of the queued runs go first: high, normal or low. The default is what {source} says, else normal.", HelpName = "PRIORITY",
    };

    private readonly Option<string?> expiry = new("--queue-expiry")
    {
        Description = $"End the run as TimedOut when it has not begun after this time: '30m', '2h'. The default is what {source} says.", HelpName = "TIME",
    };

    internal void AddTo(Command command)
    {
        command.Add(priority);
        command.Add(expiry);
    }

    /// <summary>The run with what is asked for.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal NewRun Read(ParseResult result, NewRun run)
        => run with { Priority = Priority(result), QueueExpiry = DurationOption.Read(result, expiry) };

    /// <inheritdoc cref="Read(ParseResult, NewRun)"/>
    internal NewRerun Read(ParseResult result, NewRerun rerun)
        => rerun with { Priority = Priority(result), QueueExpiry = DurationOption.Read(result, expiry) };

    private RunPriority? Priority(ParseResult result) => result.GetValue(priority) is { } word ? RunPriorityWord.Read(word) : null;
}
